package io.dartboard.pipeline.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.pipeline.config.KafkaSettings;
import io.dartboard.schemas.Topic;
import io.dartboard.schemas.Topics;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicFitTest {
    private static final KafkaSettings KAFKA = KafkaSettings.at("k:9092");
    private static final String WEEK = "604800000";

    @Test
    void shouldAcceptWhatItWouldHaveMade() {
        for (var topic : Topics.ALL) {
            assertThat(TopicFit.of(KAFKA, topic, 1, topic.settings()))
                    .isEqualTo(new TopicFit(java.util.List.of(), java.util.List.of()));
        }
    }

    @Test
    void shouldRefuseARetentionThatDeletesHistoryWithTheCommandThatMendsIt() {
        assertThat(fit(Topics.RUNS, Map.of("retention.ms", WEEK)).refusals())
                .singleElement()
                .asString()
                .contains("nas.runs has retention.ms=" + WEEK)
                .contains(
                        "kafka-configs.sh --bootstrap-server k:9092 --alter --entity-type topics --entity-name nas.runs --add-config retention.ms=-1")
                .doesNotContain("\n");
        assertThat(fit(Topics.RUNS, Map.of("retention.bytes", "1000")).refusals())
                .singleElement()
                .asString()
                .contains("--add-config retention.bytes=-1");
        assertThat(fit(Topics.SEARCH_JOBS, Map.of("retention.ms", WEEK)).refusals())
                .hasSize(1);
    }

    @Test
    void shouldRefuseACompactionThatDropsFacts() {
        assertThat(fit(Topics.RUNS, Map.of("cleanup.policy", "compact")).refusals())
                .singleElement()
                .asString()
                .contains("--add-config cleanup.policy=delete");
        assertThat(fit(Topics.RUNS, Map.of("cleanup.policy", "compact,delete")).refusals())
                .hasSize(1);
    }

    @Test
    void shouldRefuseRecordsThatAreTooSmallForTheContracts() {
        assertThat(fit(Topics.RUNS, Map.of("max.message.bytes", "65536")).refusals())
                .singleElement()
                .asString()
                .contains("--add-config max.message.bytes=1048588");
        assertThat(fit(Topics.RUNS, Map.of("max.message.bytes", "5000000")).refusals())
                .isEmpty();
    }

    @Test
    void shouldOnlyRemarkWhatLosesNothing() {
        var longer = fit(Topics.SEARCH_JOBS, Map.of("retention.ms", "-1"));
        var uncompacted = fit(Topics.CHAMPIONS, Map.of("cleanup.policy", "delete"));
        var brief = fit(Topics.CHAMPIONS, Map.of("retention.ms", WEEK));

        assertThat(longer.refusals()).isEmpty();
        assertThat(longer.remarks()).hasSize(1);
        assertThat(uncompacted.refusals()).isEmpty();
        assertThat(uncompacted.remarks()).hasSize(1);
        assertThat(brief.refusals()).as("compaction alone looks at no time").isEmpty();
    }

    @Test
    void shouldRefuseACompactedTopicThatAlsoDeletes() {
        assertThat(fit(Topics.CHAMPIONS, Map.of("cleanup.policy", "compact,delete", "retention.ms", WEEK))
                        .refusals())
                .singleElement()
                .asString()
                .contains("--add-config retention.ms=-1");
    }

    @Test
    void shouldRefuseSeveralPartitions() {
        assertThat(TopicFit.of(KAFKA, Topics.RUNS, 3, Map.of()).refusals())
                .singleElement()
                .asString()
                .contains("kafka-topics.sh --bootstrap-server k:9092 --delete --topic nas.runs");
    }

    private static TopicFit fit(Topic<?> topic, Map<String, String> other) {
        var found = new HashMap<>(topic.settings());
        found.putAll(other);
        return TopicFit.of(KAFKA, topic, 1, found);
    }
}
