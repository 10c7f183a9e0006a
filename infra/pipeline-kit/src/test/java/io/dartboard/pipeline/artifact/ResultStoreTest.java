package io.dartboard.pipeline.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.dartboard.pipeline.testkit.InMemoryArtifactStore;
import io.dartboard.pipeline.testkit.LaterRelease;
import io.dartboard.pipeline.testkit.Samples;
import io.dartboard.schemas.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ResultStoreTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final ResultStore results = new ResultStore(store);

    @Test
    void shouldGiveBackTheFactThatWasWritten() {
        var fact = Samples.fact(Samples.job("s1", "r1"), 1);
        results.writeOnce("searches/s1", new JobResult<>(Topics.ALPHAS, "s1", fact, 1));

        var read = results.read("searches/s1").orElseThrow();

        assertThat(read.fact()).isEqualTo(fact);
        assertThat(read.key()).isEqualTo("s1");
        assertThat(read.topic().name()).isEqualTo("nas.alphas");
        assertThat(new String(store.get("searches/s1/result.json"), StandardCharsets.UTF_8))
                .contains("\"search\" : \"s1\"");
    }

    @Test
    void shouldLetTheFirstResultStand() {
        var job = Samples.job("s1", "r1");
        results.writeOnce("searches/s1", new JobResult<>(Topics.ALPHAS, "s1", Samples.fact(job, 1), 1));

        var stands = results.writeOnce("searches/s1", new JobResult<>(Topics.ALPHAS, "s1", Samples.fact(job, 2), 2));

        assertThat(stands.attempt()).isEqualTo(1);
        assertThat(stands.fact()).isEqualTo(Samples.fact(job, 1));
    }

    @Test
    void shouldSayThatThereIsNone() {
        assertThat(results.read("searches/none")).isEmpty();
    }

    @Test
    void shouldReadAResultOfBeforeSchemasStoodBesideThem() throws IOException {
        var fact = Samples.fact(Samples.job("s1", "r1"), 1);
        results.writeOnce("searches/s1", new JobResult<>(Topics.ALPHAS, "s1", fact, 1));
        edit("searches/s1/result.json", file -> file.remove("schema"));

        assertThat(results.read("searches/s1").orElseThrow().fact()).isEqualTo(fact);
    }

    @Test
    void shouldReadAResultOfALaterVersionWithoutHavingHeardOfIt() throws IOException {
        // Given: one that a later version wrote, whose schema is known from nowhere else
        var fact = Samples.fact(Samples.job("s1", "r1"), 1);
        results.writeOnce("searches/s1", new JobResult<>(Topics.ALPHAS, "s1", fact, 1));
        var later = LaterRelease.of(fact);
        edit("searches/s1/result.json", file -> {
            file.put("event", Base64.getEncoder().encodeToString(LaterRelease.encode(later)));
            file.put("confidence", 1);
            file.putPOJO("schema", new RawValue(later.getSchema().toString()));
        });

        assertThat(results.read("searches/s1").orElseThrow().fact()).isEqualTo(fact);
    }

    @Test
    void shouldRefuseAResultWhoseSchemaIsNone() throws IOException {
        var fact = Samples.fact(Samples.job("s1", "r1"), 1);
        results.writeOnce("searches/s1", new JobResult<>(Topics.ALPHAS, "s1", fact, 1));
        edit("searches/s1/result.json", file -> file.put("schema", "garbage"));

        assertThatThrownBy(() -> results.read("searches/s1"))
                .isInstanceOf(ArtifactCorrupt.class)
                .hasMessageStartingWith("searches/s1/result.json is no result: no schema");
    }

    private void edit(String key, Consumer<ObjectNode> change) throws IOException {
        var file = (ObjectNode) JSON.readTree(store.get(key));
        change.accept(file);
        store.put(key, JSON.writeValueAsBytes(file));
    }

    @Test
    void shouldRefuseWhatIsNoResult() {
        store.put("searches/s1/result.json", "{\"topic\":\"nas.nothing\"}".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> results.read("searches/s1"))
                .isInstanceOf(ArtifactCorrupt.class)
                .hasMessageContaining("nas.nothing");
    }
}
