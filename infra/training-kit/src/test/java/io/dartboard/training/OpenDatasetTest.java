package io.dartboard.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.events.DatasetPublished;
import io.dartboard.events.Layout;
import io.dartboard.nas.data.TextCorpus;
import io.dartboard.pipeline.artifact.ArchiveCache;
import io.dartboard.pipeline.job.JobRefused;
import io.dartboard.pipeline.testkit.InMemoryArtifactStore;
import io.dartboard.pipeline.testkit.Samples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
        assertThat(datasets.open(published("cats"))).isEqualTo("cats");
        assertThat(datasets.open(published("cats"))).isEqualTo("cats");
        assertThat(reads).isEqualTo(1);
        assertThat(datasets.open(published("dogs"))).isEqualTo("dogs");
        assertThat(datasets.open(published("cats"))).isEqualTo("cats");
        assertThat(reads).isEqualTo(3);
    }

    @Test
    void shouldRefuseWhatIsNoDatasetAndTryAgainWhatThisMachineCannotRead() {
        assertThatThrownBy(() -> datasets().open(published("invalid")))
                .isInstanceOf(JobRefused.class)
                .hasMessageContaining("as a gzipped tar archive");
        assertThatThrownBy(() -> datasets().open(published("unreadable")))
                .isInstanceOf(IOException.class)
                .hasMessage("disk full");
    }

    @Test
    void shouldRefuseAnotherLayoutAndAnotherContentThanWasPublished() {
        var folder = DatasetPublished.newBuilder(published("cats"))
                .setLayout(Layout.IMAGE_FOLDER)
                .build();
        assertThatThrownBy(() -> datasets().open(folder))
                .isInstanceOf(JobRefused.class)
                .hasMessageContaining("layout IMAGE_FOLDER");
        var other = DatasetPublished.newBuilder(published("cats"))
                .setDigest("digest of dogs")
                .build();
        assertThatThrownBy(() -> datasets().open(other))
                .isInstanceOf(JobRefused.class)
                .hasMessageContaining("publish it anew");
    }

    @Test
    void shouldTrustAnArchiveWhoseBytesAreVerifiedAndRefuseOneWhoseAreNot() throws Exception {
        var datasets = OpenDataset.<String>ofVerifiedArchives(
                new ArchiveCache(store, work),
                Layout.CIFAR_BINARY,
                (archive, dataset) -> read(archive) + " of " + dataset.getDigest());

        assertThat(datasets.open(published("cats"))).isEqualTo("cats of digest of cats");
        assertThat(datasets.open(published("cats"))).isEqualTo("cats of digest of cats");
        assertThat(reads).isEqualTo(1);

        var dogs = published("dogs");
        store.tamper("datasets/dogs", new byte[] {1, 2, 3});
        assertThatThrownBy(() -> datasets.open(dogs))
                .isInstanceOf(JobRefused.class)
                .hasMessageContaining("publish it anew");
        assertThatThrownBy(() -> datasets.open(published("invalid")))
                .isInstanceOf(JobRefused.class)
                .hasMessageContaining("as a gzipped tar archive");
    }

    private OpenDataset<String> datasets() {
        return new OpenDataset<>(
                new ArchiveCache(store, work), Layout.CIFAR_BINARY, this::read, content -> "digest of " + content);
    }

    private String read(Path archive) throws IOException {
        reads++;
        var content = Files.readString(archive);
        switch (content) {
            case "invalid" -> {
                return TextCorpus.read(archive).digest();
            }
            case "unreadable" -> throw new IOException("disk full");
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
