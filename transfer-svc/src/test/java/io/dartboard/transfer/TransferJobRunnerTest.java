package io.dartboard.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.dartboard.events.DatasetPublished;
import io.dartboard.events.GenotypeTransferred;
import io.dartboard.events.Layout;
import io.dartboard.events.Task;
import io.dartboard.events.TransferJob;
import io.dartboard.events.TransferSettings;
import io.dartboard.nas.genotype.PublishedGenotypes;
import io.dartboard.nas.image.data.ImageFolder;
import io.dartboard.nas.image.data.made.MadeScenes;
import io.dartboard.nas.tensor.Safetensors;
import io.dartboard.pipeline.artifact.ArchiveCache;
import io.dartboard.pipeline.artifact.Preparation;
import io.dartboard.pipeline.artifact.WorkDirUnavailable;
import io.dartboard.pipeline.job.Outcome;
import io.dartboard.pipeline.job.Signal;
import io.dartboard.pipeline.testkit.InMemoryArtifactStore;
import io.dartboard.training.Datasets;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransferJobRunnerTest {
    private static final int STEPS = 2;

    @TempDir
    Path work;

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private TransferFixture transfers;

    @BeforeEach
    void publish() throws Exception {
        var folder = work.resolve("scenes");
        MadeScenes.writeImageFolder(folder, 3, 1, 40, 1);
        var aClass = folder.resolve("train").resolve(MadeScenes.names().get(0));
        Files.writeString(aClass.resolve("broken.png"), "no picture");
        var photos = ImageFolder.open(folder, "d".repeat(64), () -> {});
        var dataset = DatasetPublished.newBuilder()
                .setDataset("scenes")
                .setVersion("1")
                .setTask(Task.IMAGE_CLASSIFICATION)
                .setLayout(Layout.IMAGE_FOLDER)
                .setDigest(photos.digest())
                .setArchive(TransferFixture.stored(folder, store))
                .setClasses(photos.classNames().size())
                .setTrainExamples(photos.train().size())
                .setTestExamples(photos.valid().size())
                .build();
        transfers = new TransferFixture(
                new TransferJob("t1", "r1", dataset, PublishedGenotypes.DARTS_V2.toString(), settings(), 0),
                store,
                work);
    }

    @Test
    void shouldTellWhatTheLastEpochReachedAndHowManyPhotographsAreCorrupt() throws Exception {
        try (var context = transfers.attempt(1)) {
            // When
            var told = transfers.result(context);

            // Then
            assertThat(context.progress()).hasSize(STEPS).endsWith(1.0);
            assertThat(told.getCurve()).hasSize(1);
            assertThat(told.getTop1ErrorPercent())
                    .isEqualTo(100 * (1 - told.getCurve().get(0).getHeldOutAccuracy()));
            assertThat(told.getTop5ErrorPercent()).isLessThanOrEqualTo(told.getTop1ErrorPercent());
            assertThat(told.getCorruptImages()).isEqualTo(1);
            assertThat(told.getParameters()).isPositive();
            assertThat(Safetensors.read(store.get(told.getWeights())).fact("resolution"))
                    .isEqualTo("32");
            assertThat(context.registry().get("nas.loader.wait").timer().count())
                    .isEqualTo(STEPS);
            assertThat(context.registry()
                            .get("nas.corrupt.images")
                            .tag("stage", "transfer")
                            .counter()
                            .count())
                    .isEqualTo(1);
        }
    }

    @Test
    void shouldFailInOneLineWhenTooManyPhotographsAreGone() throws Exception {
        try (var context = transfers.attempt(1)) {
            var datasets = new Datasets(new ArchiveCache(store, work), work);
            var photos = datasets.photos().open(transfers.job().getDataset(), context.preparation());
            for (var photo : photos.train().subList(0, 3)) {
                assertThat(photo.file()).startsWith(work.resolve("unpacked"));
                Files.writeString(photo.file(), "decayed");
            }
            var runner = transfers.runner(datasets, context);
            assertThatThrownBy(() -> runner.run(transfers.job(), context))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("cannot be read or decoded any more, more than 5 %");
        }
    }

    /** A file of the archive is written into a device that is always full. */
    @Test
    void shouldWaitForSpaceOnADiskThatIsFullAndThenDoTheJob() throws Exception {
        assumeThat(Path.of("/dev/full")).exists();
        var archive = new ArchiveCache(store, work)
                .fetch(transfers.job().getDataset().getArchive(), "scenes", Preparation.UNWATCHED);
        var full = work.resolve("unpacked/%s.part/scenes/train".formatted(archive.getFileName()))
                .resolve(MadeScenes.names().get(0))
                .resolve("00000.png");
        Files.createDirectories(full.getParent());
        Files.createSymbolicLink(full, Path.of("/dev/full"));
        try (var context = transfers.attempt(1)) {
            assertThatThrownBy(() -> transfers.run(context))
                    .isInstanceOf(WorkDirUnavailable.class)
                    .hasMessageContaining("cannot keep dataset scenes version 1 in " + work.resolve("unpacked"))
                    .hasMessageContaining("No space left on device");
        }

        Files.delete(full);
        try (var context = transfers.attempt(1)) {
            assertThat(transfers.result(context).getCurve()).hasSize(1);
        }
    }

    @Test
    void shouldEndAsIfItHadNeverStopped() throws Exception {
        GenotypeTransferred straight;
        try (var context = transfers.attempt(1)) {
            straight = transfers.result(context);
        }
        store.list("transfers/t1/checkpoints/").forEach(store::delete);
        try (var context = transfers.attempt(2).stopAfter(1, Signal.PAUSE)) {
            assertThat(transfers.run(context)).isEqualTo(Outcome.stopped());
        }
        try (var context = transfers.attempt(3)) {
            assertThat(transfers.result(context).getCurve()).isEqualTo(straight.getCurve());
            assertThat(context.progress()).hasSize(STEPS - 1);
        }
    }

    @Test
    void shouldRefuseWhatNoAttemptCanDo() {
        transfers.refused(
                TransferJob.newBuilder(transfers.job())
                        .setSettings(TransferSettings.newBuilder(settings())
                                .setResolution(33)
                                .build())
                        .build(),
                "resolution must be a multiple of 32");
        store.tamper("datasets/scenes", new byte[] {1, 2, 3});
        transfers.refused(transfers.job(), "publish it anew");
    }

    private static TransferSettings settings() {
        return TransferSettings.newBuilder()
                .setDataset("scenes")
                .setCells(3)
                .setChannels(4)
                .setEpochs(1)
                .setBatchSize(16)
                .setResolution(32)
                .setLearningRate(0.05)
                .setLearningRateDecay(0.97)
                .setMomentum(0.9)
                .setWeightDecay(3e-5)
                .setGradientClip(5)
                .setAuxiliaryWeight(0)
                .setDropPath(0)
                .setLabelSmoothing(0.1)
                .build();
    }
}
