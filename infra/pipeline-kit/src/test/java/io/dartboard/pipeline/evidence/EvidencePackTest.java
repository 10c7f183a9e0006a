package io.dartboard.pipeline.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dartboard.pipeline.testkit.InMemoryArtifactStore;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvidencePackTest {
    private final InMemoryArtifactStore store = new InMemoryArtifactStore();

    private static EvidencePack pack(String word) {
        ObjectNode about = JsonNodeFactory.instance.objectNode().put("run", "r1");
        return new EvidencePack(about, Map.of("a.txt", bytes(word), "b.json", bytes("{\"b\": 1}")));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void shouldReadWhatItHasWritten() {
        var read = EvidencePack.of(pack("one").toBytes());

        assertThat(read.file("a.txt")).isEqualTo(bytes("one"));
        assertThat(read.read("b.json").path("b").asInt()).isEqualTo(1);
        assertThat(read.about().path("run").asText()).isEqualTo("r1");
        assertThat(read.toBytes()).isEqualTo(pack("one").toBytes());
    }

    @Test
    void shouldBeTheSameBytesInAnyTimeZone() {
        var here = TimeZone.getDefault();
        var before = pack("one").toBytes();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Chatham"));
            assertThat(pack("one").toBytes()).isEqualTo(before);
        } finally {
            TimeZone.setDefault(here);
        }
    }

    /** In place of the file's content another of the same length: the archive's own sums are set right, as by who means to. */
    @Test
    void shouldRefuseAFileThatIsNotTheOneThatWasPacked() {
        var other = new String(pack("two").toBytes(), StandardCharsets.ISO_8859_1);
        var manifest = "sha256";
        var good = new String(pack("one").toBytes(), StandardCharsets.ISO_8859_1);
        var digest = good.substring(good.indexOf(manifest) + 11, good.indexOf(manifest) + 75);
        var wrong = other.substring(other.indexOf(manifest) + 11, other.indexOf(manifest) + 75);
        var forged = other.replace(wrong, digest);

        assertThatThrownBy(() -> EvidencePack.of(forged.getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 200, 420})
    void shouldRefuseWhatIsNoWholePack(int length) {
        var whole = pack("one").toBytes();

        assertThatThrownBy(() -> EvidencePack.of(Arrays.copyOf(whole, length)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldLetThePackThatWasFirstCount() {
        var shelf = new EvidenceShelf(store);

        assertThat(shelf.find("r1")).isEmpty();
        var first = shelf.put("r1", pack("one"));
        var second = shelf.put("r1", pack("two"));

        assertThat(second).isEqualTo(first);
        var counts = shelf.find("r1").orElseThrow();
        assertThat(counts.getUri()).isEqualTo(first);
        assertThat(EvidencePack.of(store.get(counts)).file("a.txt")).isEqualTo(bytes("one"));
    }
}
