package io.dartboard.schemas;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * A topic: the one place where its name, key, record types and guarantee are written.
 *
 * <p>Every topic has one partition. Facts are few (an epoch, a retraining, a decision), a planner that sees all of them
 * in one order is easy to trust, and job topics are read by share groups, which spread the records of one partition
 * over any number of workers; see {@code docs/adr/0002-one-partition.md}.
 *
 * @param name name on the broker
 * @param key what the record key is, in one word
 * @param types the records that may stand on it
 * @param cleanup what the broker removes
 * @param retention how long a record is kept; negative means for ever
 * @param <V> the record type, or {@link SpecificRecord} where several share the topic
 */
public record Topic<V extends SpecificRecord>(
        String name, String key, List<Class<? extends V>> types, Cleanup cleanup, Duration retention) {

    /** Partitions of every topic. */
    public static final int PARTITIONS = 1;

    public Topic {
        types = List.copyOf(types);
    }

    /** Its partitions. */
    public Stream<TopicPartition> partitions() {
        return IntStream.range(0, PARTITIONS).mapToObj(partition -> new TopicPartition(name, partition));
    }

    /** The broker's settings for this topic. */
    public Map<String, String> settings() {
        var kept = retention.isNegative() ? "-1" : Long.toString(retention.toMillis());
        return Map.of("cleanup.policy", cleanup.policy(), "retention.ms", kept);
    }

    /** True if a record of this kind may stand on the topic. */
    public boolean carries(Object value) {
        return types.stream().anyMatch(type -> type.isInstance(value));
    }

    /**
     * Reads a record of this topic.
     *
     * @throws UnreadableEvent if the bytes are no event, or one that does not belong here or cannot be meant
     */
    @SuppressWarnings("unchecked")
    public V decode(byte[] bytes) {
        if (!EventSense.fits(bytes.length)) {
            throw new UnreadableEvent("a record of %d bytes is refused unread; the most that an event has is %d"
                    .formatted(bytes.length, EventSense.MOST_BYTES));
        }
        var value = EventCodec.decode(bytes);
        if (!carries(value)) {
            throw new UnreadableEvent("%s does not belong on topic %s, which carries %s"
                    .formatted(value.getSchema().getName(), name, typeNames()));
        }
        EventSense.require(value);
        return (V) value;
    }

    /**
     * Writes a record of this topic.
     *
     * @throws IllegalArgumentException if it does not belong here
     */
    public byte[] encode(V value) {
        if (!carries(value)) {
            throw new IllegalArgumentException("%s does not belong on topic %s, which carries %s"
                    .formatted(value.getSchema().getName(), name, typeNames()));
        }
        return EventCodec.encode(value);
    }

    private String typeNames() {
        return types.stream().map(Class::getSimpleName).collect(Collectors.joining(", "));
    }
}
