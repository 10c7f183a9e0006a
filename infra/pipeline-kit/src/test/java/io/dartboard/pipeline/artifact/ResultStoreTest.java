package io.dartboard.pipeline.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.pipeline.testkit.InMemoryArtifactStore;
import io.dartboard.pipeline.testkit.Samples;
import io.dartboard.schemas.Topics;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ResultStoreTest {
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
    void shouldRefuseWhatIsNoResult() {
        store.put("searches/s1/result.json", "{\"topic\":\"nas.nothing\"}".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> results.read("searches/s1"))
                .isInstanceOf(ArtifactCorrupt.class)
                .hasMessageContaining("nas.nothing");
    }
}
