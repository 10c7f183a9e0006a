package io.dartboard.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.events.DatasetPublished;
import io.dartboard.events.GenotypeTransferred;
import io.dartboard.events.Layout;
import io.dartboard.events.Task;
import io.dartboard.events.TransferJob;
import io.dartboard.events.TransferSettings;
import io.dartboard.nas.data.DatasetArchive;
import io.dartboard.nas.data.ImageFolder;
import io.dartboard.nas.data.made.MadeScenes;
import io.dartboard.nas.genotype.PublishedGenotypes;
import io.dartboard.nas.tensor.Safetensors;
import io.dartboard.pipeline.artifact.ArchiveCache;
import io.dartboard.pipeline.job.JobRefused;
import io.dartboard.pipeline.job.Outcome;
import io.dartboard.pipeline.job.Signal;
import io.dartboard.pipeline.testkit.FakeJobContext;
import io.dartboard.pipeline.testkit.InMemoryArtifactStore;
import io.dartboard.training.Datasets;
import io.dartboard.training.OpenDataset;
import io.dartboard.training.TextTraining;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransferJobRunnerTest {
    private static final int STEPS = 2;

    @TempDir
    Path work;

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private DatasetPublished dataset;

    @BeforeEach
    void publish() throws Exception {
        var folder = work.resolve("scenes");
        MadeScenes.writeImageFolder(folder, 3, 1, 40, 1);
        var aClass = folder.resolve("train").resolve(MadeScenes.names().get(0));
        Files.writeString(aClass.resolve("broken.png"), "no picture");
        var archive = work.resolve("scenes.tar.gz");
        DatasetArchive.pack(folder, archive);
        var photos = ImageFolder.read(folder, folder);
        dataset = DatasetPublished.newBuilder()
                .setDataset("scenes")
                .setVersion("1")
                .setTask(Task.IMAGE_CLASSIFICATION)
                .setLayout(Layout.IMAGE_FOLDER)
                .setDigest(photos.digest())
                .setArchive(store.put("datasets/scenes/1/archive", archive))
                .setClasses(photos.classNames().size())
                .setTrainExamples(photos.train().size())
                .setTestExamples(photos.valid().size())
                .build();
    }

    @Test
    void shouldTellWhatTheLastEpochReachedAndHowManyPhotographsAreCorrupt() throws Exception {
        try (var context = context(1)) {
            // When
            var told = done(run(job(), context));

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
        try (var context = context(1)) {
            var datasets = Datasets.photos(new ArchiveCache(store, work), work);
            var photos = datasets.open(dataset);
            for (var photo : photos.train().subList(0, 3)) {
                assertThat(photo.file()).startsWith(work.resolve("unpacked"));
                Files.writeString(photo.file(), "decayed");
            }
            var runner = runner(datasets, context);
            assertThatThrownBy(() -> runner.run(job(), context))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("cannot be read or decoded any more, more than 5 %");
        }
    }

    @Test
    void shouldEndAsIfItHadNeverStopped() throws Exception {
        GenotypeTransferred straight;
        try (var context = context(1)) {
            straight = done(run(job(), context));
        }
        store.list("transfers/t1/checkpoints/").forEach(store::delete);
        try (var context = context(2).stopAfter(1, Signal.PAUSE)) {
            assertThat(run(job(), context)).isEqualTo(Outcome.stopped());
        }
        try (var context = context(3)) {
            assertThat(done(run(job(), context)).getCurve()).isEqualTo(straight.getCurve());
            assertThat(context.progress()).hasSize(STEPS - 1);
        }
    }

    @Test
    void shouldRefuseWhatNoAttemptCanDo() throws Exception {
        try (var context = context(1)) {
            var settings = job().getSettings();
            var impossible = TransferJob.newBuilder(job())
                    .setSettings(TransferSettings.newBuilder(settings)
                            .setResolution(33)
                            .build())
                    .build();
            assertThatThrownBy(() -> run(impossible, context))
                    .isInstanceOf(JobRefused.class)
                    .hasMessageContaining("resolution must be a multiple of 32");
            store.tamper("datasets/scenes/1/archive", new byte[] {1, 2, 3});
            assertThatThrownBy(() -> run(job(), context))
                    .isInstanceOf(JobRefused.class)
                    .hasMessageContaining("publish it anew");
        }
    }

    private Outcome run(TransferJob job, FakeJobContext context) throws Exception {
        return runner(Datasets.photos(new ArchiveCache(store, work), work), context)
                .run(job, context);
    }

    private TransferJobRunner runner(OpenDataset<ImageFolder> photos, FakeJobContext context) {
        var texts = new TextRunner(new TextTraining(Datasets.texts(new ArchiveCache(store, work))));
        return new TransferJobRunner(new PhotoRunner(photos), texts, store, context.meters(), Clock.systemUTC(), 1);
    }

    private FakeJobContext context(int attempt) {
        return new FakeJobContext(
                TransferEvents.KIND.identity().apply(job()),
                attempt,
                store,
                work,
                Duration.ofHours(1),
                Clock.systemUTC());
    }

    private TransferJob job() {
        var settings = TransferSettings.newBuilder()
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
        return new TransferJob("t1", "r1", dataset, PublishedGenotypes.DARTS_V2.toString(), settings);
    }

    private static GenotypeTransferred done(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return (GenotypeTransferred) ((Outcome.Done<?>) outcome).fact();
    }
}
