package io.dartboard.pipeline.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.events.ArtifactRef;
import io.dartboard.pipeline.testkit.InMemoryArtifactStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveCacheTest {
    @TempDir
    Path work;

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();

    @Test
    void shouldFetchOnceAndThenDoWithoutTheStore() throws Exception {
        var cache = new ArchiveCache(store, work);
        var ref = store.put("datasets/tiny/v1/archive", "images".getBytes(StandardCharsets.UTF_8));

        var file = cache.fetch(ref);
        store.away(true);

        assertThat(Files.readString(file)).isEqualTo("images");
        assertThat(cache.fetch(ref)).isEqualTo(file);
    }

    @Test
    void shouldFetchADamagedCopyAnew() throws Exception {
        var cache = new ArchiveCache(store, work);
        var ref = store.put("datasets/tiny/v1/archive", "images".getBytes(StandardCharsets.UTF_8));
        Files.writeString(cache.fetch(ref), "damage");

        assertThat(Files.readString(cache.fetch(ref))).isEqualTo("images");
    }

    @Test
    void shouldLeaveNothingBehindWhenTheStoreHoldsAnotherContent() throws Exception {
        var cache = new ArchiveCache(store, work);
        var ref = store.put("a", "images".getBytes(StandardCharsets.UTF_8));
        store.tamper("a", "others".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> cache.fetch(ref)).isInstanceOf(ArtifactCorrupt.class);
        try (var left = Files.list(work.resolve("archives"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void shouldRefuseAReferenceThatWouldLeaveItsFolder() {
        var ref = new ArtifactRef(store.uri("a"), "../../etc/passwd", 1L);

        assertThatThrownBy(() -> new ArchiveCache(store, work).fetch(ref)).isInstanceOf(ArtifactCorrupt.class);
    }
}
