package io.dartboard.search.event;

import io.dartboard.events.DatasetPublished;
import io.dartboard.pipeline.config.KafkaSettings;
import io.dartboard.pipeline.event.Event;
import io.dartboard.pipeline.event.EventReader;
import io.dartboard.pipeline.event.EventSender;
import io.dartboard.pipeline.event.SchemaBook;
import io.dartboard.pipeline.view.RunBoard;
import io.dartboard.schemas.Envelope;
import io.dartboard.schemas.Topic;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** The events on Kafka. Every answer is as new as the brokers are: a request that follows another sees what it did. */
public final class KafkaEventLog implements EventLog, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final KafkaSettings kafka;
    private final EventSender sender;
    private final RunBoard board = new RunBoard();
    private final EventReader reader;
    private final TriggerMeters meters;

    public KafkaEventLog(KafkaSettings kafka, EventSender sender, SchemaBook schemas, TriggerMeters meters) {
        this.kafka = kafka;
        this.sender = sender;
        this.meters = meters;
        this.reader = new EventReader(kafka, sender.service().name() + "-board", RunBoard.TOPICS, schemas, this::take);
    }

    /** Begins to read in the background. */
    public void start() {
        reader.start();
    }

    @Override
    public RunBoard now() {
        try {
            if (!reader.sync(PATIENCE)) {
                throw new KafkaException("%s did not answer within %d s (%s); try again when it is back"
                        .formatted(
                                kafka.bootstrapServers(),
                                PATIENCE.toSeconds(),
                                reader.trouble().orElse("it is slow")));
            }
            return board;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
    }

    @Override
    public RunBoard known() {
        return board;
    }

    @Override
    public <V extends SpecificRecord> void tell(Topic<V> topic, String key, V event, String run) {
        try {
            sender.send(topic, key, event, run, "").get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        } catch (ExecutionException | TimeoutException e) {
            var why = e.getCause() == null
                    ? "it does not answer"
                    : String.valueOf(e.getCause().getMessage());
            throw new KafkaException(
                    "%s did not take the event (%s); asking again is harmless".formatted(kafka.bootstrapServers(), why),
                    e);
        }
    }

    @Override
    public void close() {
        reader.close();
    }

    private void take(Event<?> event) {
        if (event.value() instanceof DatasetPublished published && reader.caughtUp() && !isOwn(event)) {
            meters.published(
                    TriggerMeters.Source.EVENT,
                    board.datasets().stream()
                            .noneMatch(known -> known.getDataset().equals(published.getDataset())
                                    && known.getVersion().equals(published.getVersion())));
        }
        board.apply(event.value(), event.envelope().map(Envelope::time).orElse(event.time()));
    }

    private boolean isOwn(Event<?> event) {
        return event.envelope()
                .filter(envelope -> envelope.source().equals(sender.service().source()))
                .isPresent();
    }
}
