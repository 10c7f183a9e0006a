package io.dartboard.local.model;

import io.dartboard.schemas.Topic;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Record;

/** Somebody who reads topics, each in its order and as far as he is let. */
final class LaggingReader {
    private final EventTopics topics;
    private final Sink sink;
    private final Map<Topic<?>, Integer> positions = new LinkedHashMap<>();
    private int turn;

    LaggingReader(EventTopics topics, List<? extends Topic<?>> from, Sink sink) {
        this.topics = topics;
        this.sink = sink;
        from.forEach(topic -> positions.put(topic, 0));
    }

    /** Takes a record that has been read. */
    @FunctionalInterface
    interface Sink {
        void take(Topic<?> topic, int offset, Record<byte[], byte[]> record);
    }

    /** Reads the next record of one of the topics that have any. */
    boolean readOne(int which) {
        var unread = positions.keySet().stream().filter(this::hasMore).toList();
        if (unread.isEmpty()) {
            return false;
        }
        read(unread.get(which % unread.size()));
        return true;
    }

    /** Reads to the end, what comes on the way included, now of this topic and now of that. */
    void readAll() {
        while (readOne(turn)) {
            turn = (turn * 31 + 17) & 0xffff;
        }
    }

    /** Reads to the end, what comes on the way included, each record when its time has come, as Kafka Streams does. */
    void readInOrder() {
        for (var next = oldest(); next.isPresent(); next = oldest()) {
            read(next.get());
        }
    }

    private Optional<Topic<?>> oldest() {
        Comparator<Topic<?>> byTime = Comparator.comparingLong(
                topic -> topics.of(topic).get(positions.getOrDefault(topic, 0)).timestamp());
        return positions.keySet().stream().filter(this::hasMore).min(byTime);
    }

    private boolean hasMore(Topic<?> topic) {
        return positions.getOrDefault(topic, 0) < topics.of(topic).size();
    }

    private void read(Topic<?> topic) {
        int offset = positions.merge(topic, 1, Integer::sum) - 1;
        sink.take(topic, offset, topics.of(topic).get(offset));
    }
}
