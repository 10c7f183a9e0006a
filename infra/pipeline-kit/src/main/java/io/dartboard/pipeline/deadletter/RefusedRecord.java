package io.dartboard.pipeline.deadletter;

import io.dartboard.events.DeadLettered;
import io.dartboard.pipeline.artifact.ArtifactDigest;
import io.dartboard.pipeline.config.KafkaSettings;
import io.dartboard.pipeline.connect.KafkaClients;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** The whole of a record that was refused, from its letter, or from where it stands if the letter holds only its head. */
public final class RefusedRecord {
    private static final Duration LOOK = Duration.ofMillis(500);

    private RefusedRecord() {}

    /**
     * The record as it was, to be put on its topic again.
     *
     * @param atMost how long to look where it stands
     * @throws IllegalArgumentException if it stands there no more, or another does; one line
     */
    public static ProducerRecord<byte[], byte[]> of(KafkaSettings kafka, DeadLettered letter, Duration atMost) {
        if (!letter.getCut()) {
            return DeadLetters.replay(letter);
        }
        var found = read(kafka, letter, atMost)
                .filter(record -> letter.getRecordSha256()
                        .equals(record.value() == null ? "" : ArtifactDigest.sha256(record.value())))
                .orElseThrow(() -> new IllegalArgumentException(
                        "the letter holds only the head of a record of %d bytes, and %s, partition %d, offset %d holds it no more; have its producer send it again"
                                .formatted(
                                        letter.getRecordBytes(),
                                        letter.getTopic(),
                                        letter.getPartition(),
                                        letter.getOffset())));
        return new ProducerRecord<>(found.topic(), found.partition(), found.key(), found.value(), found.headers());
    }

    private static Optional<ConsumerRecord<byte[], byte[]>> read(
            KafkaSettings kafka, DeadLettered letter, Duration atMost) {
        var place = new TopicPartition(letter.getTopic(), letter.getPartition());
        try (var consumer = KafkaClients.consumer(kafka, "dead-letters")) {
            consumer.assign(List.of(place));
            consumer.seek(place, letter.getOffset());
            var deadline = System.nanoTime() + atMost.toNanos();
            while (System.nanoTime() < deadline) {
                for (var record : consumer.poll(LOOK)) {
                    // The first that comes is the next that is there: where ours is gone it is another.
                    return Optional.of(record).filter(found -> found.offset() == letter.getOffset());
                }
            }
            return Optional.empty();
        }
    }
}
