package io.dartboard.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.events.DatasetPublished;
import io.dartboard.events.Layout;
import io.dartboard.nas.data.InvalidDatasetException;
import io.dartboard.nas.text.data.TextCorpus;
import io.dartboard.pipeline.artifact.ArchiveCache;
import io.dartboard.pipeline.artifact.Preparation;
import io.dartboard.pipeline.artifact.WorkDirUnavailable;
import io.dartboard.pipeline.job.JobRefused;
import io.dartboard.pipeline.testkit.InMemoryArtifactStore;
import io.dartboard.pipeline.testkit.Samples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenDatasetTest {
    @TempDir
    Path work;

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private int reads;

    @Test
    void shouldReadADatasetOnceForAllJobsInARow() throws Exception {
        var datasets = datasets();
        assertThat(datasets.open(published("cats"), Preparation.UNWATCHED)).isEqualTo("cats");
        assertThat(datasets.open(published("cats"), Preparation.UNWATCHED)).isEqualTo("cats");
        assertThat(reads).isEqualTo(1);
        assertThat(datasets.open(published("dogs"), Preparation.UNWATCHED)).isEqualTo("dogs");
        assertThat(datasets.open(published("cats"), Preparation.UNWATCHED)).isEqualTo("cats");
        assertThat(reads).isEqualTo(3);
    }

    @Test
    void shouldRefuseWhatIsNoDatasetAndTryAgainWhatThisMachineCannotRead() {
        assertThatThrownBy(() -> datasets().open(published("invalid"), Preparation.UNWATCHED))
                .isInstanceOf(JobRefused.class)
                .hasMessageContaining("is no archive that can be read");
        assertThatThrownBy(() -> datasets().open(published("unreadable"), Preparation.UNWATCHED))
                .isInstanceOf(WorkDirUnavailable.class)
                .hasMessageContaining("cannot read dataset tiny version v1 in " + work)
                .hasMessageContaining("No space left on device");
    }

    /** A reader that unpacks may take a disk that is full for an archive that ends too early. */
    @Test
    void shouldNotBelieveAReaderThatBlamesTheDataForTheMachine() {
        assertThatThrownBy(() -> datasets().open(published("blamed"), Preparation.UNWATCHED))
                .isInstanceOf(WorkDirUnavailable.class)
                .hasMessageContaining("No space left on device");
        assertThatThrownBy(() -> datasets().open(published("unchecked"), Preparation.UNWATCHED))
                .isInstanceOf(WorkDirUnavailable.class)
                .hasMessageContaining("permission denied");
    }

    @Test
    void shouldRefuseAnotherLayoutAndAnotherContentThanWasPublished() {
        var folder = DatasetPublished.newBuilder(published("cats"))
                .setLayout(Layout.IMAGE_FOLDER)
                .build();
        assertThatThrownBy(() -> datasets().open(folder, Preparation.UNWATCHED))
                .isInstanceOf(JobRefused.class)
                .hasMessageContaining("layout IMAGE_FOLDER");
        var other = DatasetPublished.newBuilder(published("cats"))
                .setDigest("digest of dogs")
                .build();
        assertThatThrownBy(() -> datasets().open(other, Preparation.UNWATCHED))
                .isInstanceOf(JobRefused.class)
                .hasMessageContaining("publish it anew");
    }

    @Test
    void shouldTrustAnArchiveWhoseBytesAreVerifiedAndRefuseOneWhoseAreNot() throws Exception {
        var datasets = OpenDataset.<String>ofVerifiedArchives(
                new ArchiveCache(store, work),
                Layout.CIFAR_BINARY,
                (archive, dataset, side, preparation) -> read(archive, bytes -> {}) + " of " + dataset.getDigest());

        assertThat(datasets.open(published("cats"), Preparation.UNWATCHED)).isEqualTo("cats of digest of cats");
        assertThat(datasets.open(published("cats"), Preparation.UNWATCHED)).isEqualTo("cats of digest of cats");
        assertThat(reads).isEqualTo(1);

        var dogs = published("dogs");
        store.tamper("datasets/dogs", new byte[] {1, 2, 3});
        assertThatThrownBy(() -> datasets.open(dogs, Preparation.UNWATCHED))
                .isInstanceOf(JobRefused.class)
                .hasMessageContaining("publish it anew");
        assertThatThrownBy(() -> datasets.open(published("invalid"), Preparation.UNWATCHED))
                .isInstanceOf(JobRefused.class)
                .hasMessageContaining("is no archive that can be read");
    }

    @Test
    void shouldShowLifeAndHearStopWhileAnotherJobOfTheServiceReads() throws Exception {
        var reading = new CountDownLatch(1);
        var done = new CountDownLatch(1);
        var datasets = new OpenDataset<String>(
                new ArchiveCache(store, work),
                Layout.CIFAR_BINARY,
                (archive, read) -> {
                    reading.countDown();
                    try {
                        done.await();
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                    return Files.readString(archive);
                },
                content -> "digest of " + content);
        var cats = published("cats");
        var first = CompletableFuture.supplyAsync(() -> {
            try {
                return datasets.open(cats, Preparation.UNWATCHED);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        reading.await();

        var waits = new AtomicInteger();
        assertThatThrownBy(() -> datasets.open(cats, new Preparation() {
                    @Override
                    public void at(String activity, long bytes, long total) {
                        throw new AssertionError("it can only wait");
                    }

                    @Override
                    public void waits(String reason) {
                        if (waits.incrementAndGet() == 3) {
                            throw new CancellationException("the service is going down");
                        }
                    }
                }))
                .isInstanceOf(CancellationException.class);
        done.countDown();
        assertThat(first.join()).isEqualTo("cats");
        assertThat(datasets.open(cats, Preparation.UNWATCHED)).isEqualTo("cats");
    }

    @Test
    void shouldTellHowFarTheReadingIsAndGoOnAfterAStop() throws Exception {
        var told = new ArrayList<String>();
        var stopped = new AtomicBoolean();
        var datasets = new OpenDataset<String>(
                new ArchiveCache(store, work),
                Layout.CIFAR_BINARY,
                (archive, read) -> {
                    read.accept(2);
                    read.accept(4);
                    return Files.readString(archive);
                },
                content -> "digest of " + content);
        var preparation = new Preparation() {
            @Override
            public void at(String activity, long bytes, long total) {
                told.add("%s %d/%d".formatted(activity, bytes, total));
                if (bytes == 2 && !stopped.getAndSet(true)) {
                    throw new CancellationException("the run is paused");
                }
            }

            @Override
            public void waits(String reason) {
                told.add(reason);
            }
        };

        assertThatThrownBy(() -> datasets.open(published("cats"), preparation))
                .isInstanceOf(CancellationException.class);
        assertThat(datasets.open(published("cats"), preparation)).isEqualTo("cats");

        assertThat(told)
                .filteredOn(line -> line.startsWith("reading"))
                .containsExactly(
                        "reading dataset tiny version v1 2/4",
                        "reading dataset tiny version v1 2/4",
                        "reading dataset tiny version v1 4/4");
    }

    private OpenDataset<String> datasets() {
        return new OpenDataset<>(
                new ArchiveCache(store, work), Layout.CIFAR_BINARY, this::read, content -> "digest of " + content);
    }

    private String read(Path archive, LongConsumer read) throws IOException {
        reads++;
        var content = Files.readString(archive);
        switch (content) {
            case "invalid" -> {
                return TextCorpus.read(archive).digest();
            }
            case "unreadable" -> throw new IOException("No space left on device");
            case "blamed" ->
                throw new InvalidDatasetException(
                        "cannot read it as a gzipped tar archive", new IOException("No space left on device"));
            case "unchecked" -> throw new UncheckedIOException(new AccessDeniedException(archive.toString()));
            default -> {
                return content;
            }
        }
    }

    private DatasetPublished published(String content) {
        return DatasetPublished.newBuilder(Samples.dataset())
                .setDigest("digest of " + content)
                .setArchive(store.put("datasets/" + content, content.getBytes(StandardCharsets.UTF_8)))
                .build();
    }
}
