package io.dartboard.local.chaos;

import io.dartboard.schemas.Topic;
import io.dartboard.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Puts on the topics what stands there already, again and in another order, and what is no event at all.
 *
 * <p>What is garbage can be told to be: it lacks the mark of an event, is cut within, or stands on another's topic. An event
 * that is whole but untrue is no fault that a reader could see.
 */
final class RecordFaults {
    /** A broker takes 1,048,588 bytes of a batch unless told otherwise; less what key, headers and batch take. */
    static final int LARGEST = 1_048_400;

    private static final Duration WITHIN = Duration.ofSeconds(10);
    private static final int MOST_AT_ONCE = 8;

    private final String bootstrapServers;

    RecordFaults(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * Does one of the faults of records.
     *
     * @return how many records were put where, one line for people
     */
    String strike(FaultKind kind, long seed) {
        var random = new Random(seed);
        var records = kind == FaultKind.GARBAGE ? garbage(random) : again(kind, random);
        var sent = send(records);
        return "%d on %s"
                .formatted(
                        sent,
                        records.stream()
                                .map(ProducerRecord::topic)
                                .distinct()
                                .sorted()
                                .collect(Collectors.joining(", ")));
    }

    private List<ProducerRecord<byte[], byte[]>> again(FaultKind kind, Random random) {
        var known = known();
        var chosen = new ArrayList<ProducerRecord<byte[], byte[]>>();
        for (var topic : Topics.ALL) {
            var all = known.getOrDefault(topic.name(), List.of());
            if (topic.equals(Topics.DEAD_LETTERS) || all.isEmpty()) {
                continue;
            }
            var some = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            if (kind == FaultKind.DUPLICATES) {
                some.add(all.get(all.size() - 1));
            } else if (kind == FaultKind.LATE) {
                some.add(all.get(random.nextInt(all.size())));
            } else {
                some.addAll(all.subList(Math.max(0, all.size() - MOST_AT_ONCE), all.size()));
                Collections.shuffle(some, random);
            }
            some.forEach(record -> chosen.add(new ProducerRecord<>(
                    record.topic(), null, record.timestamp(), record.key(), record.value(), record.headers())));
        }
        return chosen;
    }

    private List<ProducerRecord<byte[], byte[]>> garbage(Random random) {
        var known = known();
        var garbage = new ArrayList<ProducerRecord<byte[], byte[]>>();
        for (var topic : Topics.ALL) {
            var key = random.nextInt(8) == 0
                    ? null
                    : ("garbage-" + random.nextInt(1000)).getBytes(StandardCharsets.UTF_8);
            var valid = known.values().stream()
                    .flatMap(List::stream)
                    .filter(record -> record.value() != null)
                    .toList();
            garbage.add(new ProducerRecord<>(topic.name(), null, key, garbage(topic, valid, random)));
        }
        return garbage;
    }

    static byte[] garbage(Topic<?> topic, List<ConsumerRecord<byte[], byte[]>> valid, Random random) {
        if (!valid.isEmpty() && random.nextInt(3) > 0) {
            var record = valid.get(random.nextInt(valid.size()));
            var value = record.value().clone();
            if (!record.topic().equals(topic.name()) && random.nextBoolean()) {
                return value; // An event, but of another topic.
            }
            if (random.nextBoolean() && value.length > 1) {
                return Arrays.copyOf(value, random.nextInt(value.length));
            }
            if (value.length > 0) {
                value[random.nextInt(Math.min(10, value.length))] ^=
                        (byte) (1 + random.nextInt(255)); // mark, fingerprint
                return value;
            }
        }
        // Every order of size is as likely as every other, up to the largest that the broker takes.
        var size = (int) Math.min(LARGEST, Math.exp(random.nextDouble() * Math.log(LARGEST * 1.5)));
        var noise = new byte[size];
        random.nextBytes(noise);
        if (size > 0) {
            noise[0] = 0; // Never the mark of an event.
        }
        return noise;
    }

    private Map<String, List<ConsumerRecord<byte[], byte[]>>> known() {
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        (int) WITHIN.toMillis()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            var partitions = Topics.ALL.stream().flatMap(Topic::partitions).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var deadline = System.nanoTime() + WITHIN.toNanos();
            while (System.nanoTime() < deadline
                    && ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records.stream().collect(Collectors.groupingBy(ConsumerRecord::topic));
    }

    private int send(List<ProducerRecord<byte[], byte[]>> records) {
        var sent = 0;
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        2 << 20,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        WITHIN.toMillis()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (var record : records) {
                try {
                    producer.send(record).get(WITHIN.toMillis(), TimeUnit.MILLISECONDS);
                    sent++;
                } catch (ExecutionException | TimeoutException e) {
                    // The broker does not want it, as one without a key on a compacted topic, or is away itself.
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return sent;
    }
}
