package io.dartboard.pipeline.planner;

import io.dartboard.pipeline.config.KafkaSettings;
import io.dartboard.pipeline.connect.KafkaClients;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Asks the brokers how far a planner has committed, and how far its topics reach by now. */
final class PlannerLag implements AutoCloseable {
    private static final Duration WITHIN = Duration.ofSeconds(10);

    private final Admin admin;
    private final String group;
    private final List<TopicPartition> inputs;

    /**
     * Connects.
     *
     * @throws io.dartboard.pipeline.connect.KafkaUnavailable while the brokers are away
     */
    PlannerLag(KafkaSettings kafka, String group, List<TopicPartition> inputs) {
        this.admin = KafkaClients.admin(kafka, group + "-lag", WITHIN);
        this.group = group;
        this.inputs = List.copyOf(inputs);
    }

    /**
     * Looks now.
     *
     * @throws KafkaException if the brokers do not answer
     */
    PlannerProgress.Position look() throws InterruptedException {
        try {
            var asked = inputs.stream().collect(Collectors.toMap(Function.identity(), input -> OffsetSpec.latest()));
            var ends = admin.listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED));
            var kept = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
            var committed = new HashMap<TopicPartition, Long>();
            var reach = new HashMap<TopicPartition, Long>();
            for (var input : inputs) {
                reach.put(input, ends.partitionResult(input).get().offset());
                committed.put(input, offset(kept, input));
            }
            return new PlannerProgress.Position(committed, reach);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }

    private static long offset(Map<TopicPartition, OffsetAndMetadata> kept, TopicPartition input) {
        var at = kept.get(input);
        return at == null ? 0 : at.offset();
    }
}
