package io.dartboard.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.events.RunCancelled;
import io.dartboard.events.RunPaused;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicTest {
    private static final RunCancelled EVENT = new RunCancelled("r1", "enough seen", 0);

    @Test
    void shouldReadBackWhatItWrote() {
        assertThat(Topics.RUNS.decode(Topics.RUNS.encode(EVENT))).isEqualTo(EVENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage", "{\"run\":\"r1\"}"})
    void shouldRefuseBytesThatAreNoEvent(String garbage) {
        assertThatThrownBy(() -> Topics.RUNS.decode(garbage.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UnreadableEvent.class)
                .hasMessageContaining("not an event");
    }

    @Test
    void shouldRefuseATruncatedEvent() {
        var bytes = Topics.RUNS.encode(EVENT);
        assertThatThrownBy(() -> Topics.RUNS.decode(Arrays.copyOf(bytes, bytes.length - 3)))
                .isInstanceOf(UnreadableEvent.class)
                .hasMessageContaining("does not follow its schema");
    }

    @Test
    void shouldRefuseAnUnknownSchema() {
        var bytes = Topics.RUNS.encode(EVENT);
        bytes[5] ^= 0x55;
        assertThatThrownBy(() -> Topics.RUNS.decode(bytes))
                .isInstanceOf(UnreadableEvent.class)
                .hasMessageContaining("unknown schema fingerprint");
    }

    @Test
    void shouldRefuseAnEventOfAnotherTopic() {
        var bytes = Topics.RUNS.encode(EVENT);
        assertThatThrownBy(() -> Topics.ALPHAS.decode(bytes))
                .isInstanceOf(UnreadableEvent.class)
                .hasMessage("RunCancelled does not belong on topic nas.alphas, which carries AlphaCheckpointed");
    }

    @Test
    void shouldHaveOneHomeForEachRecord() {
        var types = Topics.ALL.stream().flatMap(topic -> topic.types().stream()).toList();
        assertThat(types).doesNotHaveDuplicates();
        assertThat(Topics.ALL)
                .extracting(Topic::name)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.startsWith("nas."));
        assertThat(Topics.named("nas.runs")).contains(Topics.RUNS);
        assertThat(Topics.RUNS.carries(new RunPaused("r1", "", 0))).isTrue();
    }

    @Test
    void shouldKeepTheLifeOfARunForEver() {
        // Compaction would drop the request as soon as the run is finished: they share a key.
        assertThat(Topics.RUNS.settings())
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("retention.ms", "-1");
        assertThat(Topics.SEARCH_JOBS.settings()).containsEntry("retention.ms", "1209600000");
    }
}
