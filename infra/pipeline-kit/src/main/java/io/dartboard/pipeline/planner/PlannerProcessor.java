package io.dartboard.pipeline.planner;

import io.dartboard.pipeline.deadletter.DeadLetters;
import io.dartboard.pipeline.event.RunTrail;
import io.dartboard.pipeline.event.SchemaBook;
import io.dartboard.pipeline.identity.EventId;
import io.dartboard.schemas.Envelope;
import io.dartboard.schemas.Topic;
import io.dartboard.schemas.Topics;
import io.dartboard.schemas.UnknownKind;
import io.dartboard.schemas.UnreadableEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decodes, lets the {@link Decider} decide, and forwards what it said; refuses what cannot be read. */
final class PlannerProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private static final Logger LOG = LoggerFactory.getLogger(PlannerProcessor.class);
    private static final int REMEMBERED = 5_000;

    private final String service;
    private final String version;
    private final Decider decider;
    private final PlannerWitness witness;
    private final SchemaBook schemas;
    /** Ids of the last events, to tell one that comes twice from one that does not matter; counts alone rest on it. */
    private final Set<String> recent = Collections.newSetFromMap(new LinkedHashMap<String, Boolean>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    });

    private @Nullable ProcessorContext<byte[], byte[]> context;
    private @Nullable Ledger ledger;

    PlannerProcessor(String service, String version, Decider decider, PlannerWitness witness, SchemaBook schemas) {
        this.service = service;
        this.version = version;
        this.decider = decider;
        this.witness = witness;
        this.schemas = schemas;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        this.ledger = new Ledger(context.getStateStore(PlannerTopology.STORE));
        context.schedule(PlannerTopology.TICK, PunctuationType.WALL_CLOCK_TIME, now -> tick(Instant.ofEpochMilli(now)));
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        var envelope = Envelope.readFrom(record.headers());
        try (var trail = RunTrail.of(envelope.map(Envelope::runId).orElse(""))) {
            take(record, envelope);
        }
    }

    private void take(Record<byte[], byte[]> record, Optional<Envelope> envelope) {
        var running = open(context);
        var metadata = running.recordMetadata().orElseThrow();
        var topic = Topics.named(metadata.topic()).orElseThrow();
        var told = new ArrayList<Said<?>>();
        var isRepeated = false;
        try {
            awaitSchema(record, Instant.ofEpochMilli(running.currentSystemTimeMs()));
            var fact = read(topic, record, envelope);
            isRepeated = !recent.add(fact.id());
            decider.decide(fact, open(ledger), outbox(told, fact.id()));
        } catch (LedgerUnreadable e) {
            open(ledger).drop();
            throw e;
        } catch (UnknownKind e) {
            // A newer version tells it to its like; there is nothing in it for this one, and nothing wrong with it.
            open(ledger).drop();
            witness.passedOver(topic.name());
            return;
        } catch (UnreadableEvent e) {
            refuse(running, record, metadata, String.valueOf(e.getMessage()));
            return;
        } catch (IllegalArgumentException e) {
            refuse(running, record, metadata, String.valueOf(e.getMessage()));
            return;
        } catch (RuntimeException e) {
            // A record that the decider cannot take must not stop all that come after it.
            LOG.atError()
                    .addKeyValue("topic", metadata.topic())
                    .addKeyValue("offset", metadata.offset())
                    .setCause(e)
                    .log("planner could not decide on a record; it is dead-lettered");
            refuse(
                    running,
                    record,
                    metadata,
                    "%s has a fault and can do nothing with this record; its log has the cause, under %s at offset %d"
                            .formatted(service, metadata.topic(), metadata.offset()));
            return;
        }
        var isNews = open(ledger).keep();
        told.forEach(each -> forward(running, each));
        if (!told.isEmpty() || (isNews && !isRepeated)) {
            witness.taken(topic.name(), toldAt(record, envelope));
        } else if (isRepeated) {
            witness.duplicate(topic.name());
        } else {
            witness.ignored(topic.name());
        }
    }

    /** A look at the clock that fails must not stop the facts; the next one comes in a few seconds. */
    private void tick(Instant now) {
        var told = new ArrayList<Said<?>>();
        try {
            decider.tick(now, open(ledger), outbox(told, ""));
        } catch (LedgerUnreadable e) {
            open(ledger).drop();
            throw e;
        } catch (RuntimeException e) {
            open(ledger).drop();
            LOG.error("planner could not look after what is due", e);
            return;
        }
        open(ledger).keep();
        var running = open(context);
        told.forEach(each -> forward(running, each));
    }

    /** What the decider says is held back until it has finished: half a decision is never told, nor what cannot be. */
    private static Outbox outbox(List<Said<?>> told, String cause) {
        return new Outbox() {
            @Override
            public <V extends SpecificRecord> void send(Topic<V> to, String key, V value, String runId) {
                told.add(new Said<>(to, key, value, to.encode(value), runId, cause));
            }
        };
    }

    private static Instant toldAt(Record<byte[], byte[]> record, Optional<Envelope> envelope) {
        return envelope.map(Envelope::time)
                .filter(time -> time.isAfter(Instant.EPOCH))
                .orElseGet(() -> Instant.ofEpochMilli(record.timestamp()));
    }

    private void awaitSchema(Record<byte[], byte[]> record, Instant now) {
        if (record.value() == null) {
            return;
        }
        try {
            schemas.awaitKnown(record.value(), Instant.ofEpochMilli(record.timestamp()), now);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
    }

    private static Fact read(Topic<?> topic, Record<byte[], byte[]> record, Optional<Envelope> envelope) {
        if (record.key() == null) {
            throw new UnreadableEvent(
                    "the record has no key; topic %s is keyed by %s".formatted(topic.name(), topic.key()));
        }
        if (record.value() == null) {
            throw new UnreadableEvent("the record has no value");
        }
        var key = new String(record.key(), StandardCharsets.UTF_8);
        var value = topic.decode(record.value());
        var id = envelope.map(Envelope::id).orElseGet(() -> EventId.of(topic.name(), key, record.value()));
        return new Fact(topic, key, value, id, toldAt(record, envelope));
    }

    private <V extends SpecificRecord> void forward(ProcessorContext<byte[], byte[]> running, Said<V> said) {
        var headers = new RecordHeaders();
        var now = running.currentSystemTimeMs();
        Envelope.of(
                        said.value(),
                        EventId.of(said.topic().name(), said.key(), said.encoded()),
                        "/dartboard/" + service,
                        said.key(),
                        Instant.ofEpochMilli(now),
                        said.runId(),
                        said.cause(),
                        version)
                .writeTo(headers);
        running.forward(
                new Record<>(said.key().getBytes(StandardCharsets.UTF_8), said.encoded(), now, headers),
                PlannerTopology.sink(said.topic()));
        witness.told(said.key(), said.value());
    }

    private void refuse(
            ProcessorContext<byte[], byte[]> running,
            Record<byte[], byte[]> record,
            RecordMetadata metadata,
            String reason) {
        open(ledger).drop();
        LOG.atWarn()
                .addKeyValue("topic", metadata.topic())
                .addKeyValue("offset", metadata.offset())
                .log("dead-lettered a record: {}", reason);
        var letter = DeadLetters.of(record, metadata, reason, service);
        var key = DeadLetters.key(letter);
        var encoded = Topics.DEAD_LETTERS.encode(letter);
        forward(running, new Said<>(Topics.DEAD_LETTERS, key, letter, encoded, "", key));
        witness.deadLettered(metadata.topic());
    }

    private static <T> T open(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("the processor has not been initialised");
        }
        return part;
    }

    /** What the decider said. */
    private record Said<V extends SpecificRecord>(
            Topic<V> topic, String key, V value, byte[] encoded, String runId, String cause) {}
}
