package io.dartboard.pipeline.view;

import io.dartboard.pipeline.config.KafkaSettings;
import io.dartboard.pipeline.event.EventReader;
import io.dartboard.pipeline.event.SchemaBook;
import io.dartboard.schemas.Envelope;
import java.time.Duration;
import org.apache.kafka.common.KafkaException;

/** A board of all that has been told, read anew each time: for those who need one seldom and keep none in memory between. */
@FunctionalInterface
public interface FreshBoard {
    /**
     * Reads all topics to their present ends.
     *
     * @throws KafkaException if the brokers do not answer in time
     */
    RunBoard read() throws InterruptedException;

    /**
     * One that reads from Kafka.
     *
     * @param name of its thread and client
     * @param patience how long a reading may take
     */
    static FreshBoard of(KafkaSettings kafka, String name, SchemaBook schemas, Duration patience) {
        return () -> {
            var board = new RunBoard();
            try (var reader = new EventReader(
                    kafka,
                    name,
                    RunBoard.TOPICS,
                    schemas,
                    event -> board.apply(
                            event.value(), event.envelope().map(Envelope::time).orElse(event.time())))) {
                reader.start();
                if (!reader.awaitCaughtUp(patience)) {
                    throw new KafkaException("%s did not tell all it has within %d s (%s)"
                            .formatted(
                                    kafka.bootstrapServers(),
                                    patience.toSeconds(),
                                    reader.trouble().orElse("it is slow")));
                }
            }
            return board;
        };
    }
}
