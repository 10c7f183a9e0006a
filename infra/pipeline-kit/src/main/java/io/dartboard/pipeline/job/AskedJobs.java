package io.dartboard.pipeline.job;

import io.dartboard.pipeline.connect.KafkaClients;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** The jobs that were asked for on a topic, read where they stand and without the share group: a record is but a hint. */
final class AskedJobs<J extends SpecificRecord> {
    private static final Duration READ_WITHIN = Duration.ofSeconds(10);

    private final JobTools tools;
    private final JobKind<J> kind;
    private final JobIntake<J> intake;

    AskedJobs(JobTools tools, JobKind<J> kind, JobIntake<J> intake) {
        this.tools = tools;
        this.kind = kind;
        this.intake = intake;
    }

    /**
     * The record of the first of these jobs that has no result. It and those before it are {@linkplain RunControl#takeUp taken
     * up}, so none is given twice. Waits for Kafka and the store.
     */
    Optional<JobRecord<J>> first(List<RunControl.Ask> asks) throws InterruptedException {
        if (asks.isEmpty()) {
            return Optional.empty();
        }
        try (var consumer = KafkaClients.consumer(tools.kafka(), kind.group() + "-asked")) {
            for (var ask : asks) {
                var record = tools.control().takeUp(ask)
                        ? read(consumer, ask.offset()).map(raw -> JobRecord.read(kind, raw))
                        : Optional.<JobRecord<J>>empty();
                if (record.isPresent() && !intake.hasResult(record.get().identity())) {
                    return record;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<ConsumerRecord<byte[], byte[]>> read(KafkaConsumer<byte[], byte[]> consumer, long offset) {
        var partition = new TopicPartition(kind.topic().name(), 0);
        consumer.assign(List.of(partition));
        consumer.seek(partition, offset);
        for (var record : consumer.poll(READ_WITHIN)) {
            if (record.offset() == offset) {
                return Optional.of(record);
            }
        }
        return Optional.empty();
    }
}
