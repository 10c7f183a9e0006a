package io.dartboard.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.pipeline.testkit.Samples;
import io.dartboard.schemas.Topics;
import io.dartboard.schemas.UnreadableEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class RecordFaultsTest {
    private static final byte[] KEY = "k".getBytes(StandardCharsets.UTF_8);

    private final List<ConsumerRecord<byte[], byte[]>> valid = List.of(
            new ConsumerRecord<>(
                    Topics.SEARCH_JOBS.name(), 0, 0, KEY, Topics.SEARCH_JOBS.encode(Samples.job("s1", "r1"))),
            new ConsumerRecord<>(Topics.DATASETS.name(), 0, 0, KEY, Topics.DATASETS.encode(Samples.dataset())),
            new ConsumerRecord<>(
                    Topics.ALPHAS.name(), 0, 0, KEY, Topics.ALPHAS.encode(Samples.fact(Samples.job("s1", "r1"), 1))));

    @Test
    void shouldMakeGarbageThatEveryTopicCanRefuseAndTheBrokerTakes() {
        var random = new Random(5);
        var largest = 0;
        for (var round = 0; round < 100; round++) {
            for (var topic : Topics.ALL) {
                var garbage = RecordFaults.garbage(topic, valid, random);
                largest = Math.max(largest, garbage.length);

                assertThatThrownBy(() -> topic.decode(garbage)).isInstanceOf(UnreadableEvent.class);
            }
        }
        assertThat(largest).isBetween(500_000, RecordFaults.LARGEST);
    }

    @Test
    void shouldMakeTheSameGarbageOfTheSameSeed() {
        assertThat(RecordFaults.garbage(Topics.RUNS, valid, new Random(9)))
                .isEqualTo(RecordFaults.garbage(Topics.RUNS, valid, new Random(9)));
    }
}
