package io.dartboard.pipeline.planner;

import io.dartboard.pipeline.event.SchemaBook;
import io.dartboard.pipeline.run.RunBook;
import io.dartboard.schemas.Topic;
import io.dartboard.schemas.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** A planner in memory that takes one record at a time, when it is told to: for tests that choose the order themselves. */
public final class SteppedPlanner {
    private final Decider decider;
    private final MockProcessorContext<byte[], byte[]> context = context();
    private final KeyValueStore<String, byte[]> ledger;
    private final PlannerProcessor processor;

    public SteppedPlanner(String service, Decider decider) {
        this.decider = decider;
        this.ledger = store(context);
        this.processor = new PlannerProcessor(service, "1", decider, PlannerWitness.NONE, SchemaBook.AS_IT_IS);
        processor.init(context);
    }

    /** What the planner told, and where. */
    public record Told(Topic<?> topic, Record<byte[], byte[]> record) {}

    /** Whether it listens to a topic. */
    public boolean listensTo(Topic<?> topic) {
        return decider.inputs().contains(topic);
    }

    /** Takes a record, at a time. */
    public List<Told> take(Topic<?> topic, long offset, Record<byte[], byte[]> record, Instant now) {
        context.setCurrentSystemTimeMs(now.toEpochMilli());
        context.setRecordMetadata(topic.name(), 0, offset);
        processor.process(record);
        return told();
    }

    /** Looks at what is due. */
    public List<Told> tick(Instant now) {
        context.setCurrentSystemTimeMs(now.toEpochMilli());
        context.scheduledPunctuators().stream()
                .filter(each -> each.getType() == PunctuationType.WALL_CLOCK_TIME)
                .forEach(each -> each.getPunctuator().punctuate(now.toEpochMilli()));
        return told();
    }

    /** The runs as the planner knows them. */
    public RunBook runs() {
        return new RunBook(new Ledger(ledger));
    }

    private List<Told> told() {
        var told = new ArrayList<Told>();
        for (var forward : context.forwarded()) {
            var sink = forward.childName().orElseThrow();
            var topic = Topics.ALL.stream()
                    .filter(each -> PlannerTopology.sink(each).equals(sink))
                    .findFirst()
                    .orElse(Topics.DEAD_LETTERS);
            var record = forward.record();
            told.add(new Told(topic, new Record<>(record.key(), record.value(), record.timestamp(), record.headers())));
        }
        context.resetForwards();
        return told;
    }

    /** An empty state store in memory. */
    static KeyValueStore<String, byte[]> store() {
        return store(context());
    }

    /** How much the planner keeps. */
    public long entries() {
        return ledger.approximateNumEntries();
    }

    private static KeyValueStore<String, byte[]> store(MockProcessorContext<byte[], byte[]> context) {
        var store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(PlannerTopology.STORE), Serdes.String(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
        return store;
    }

    private static MockProcessorContext<byte[], byte[]> context() {
        var settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:1");
        return new MockProcessorContext<>(settings, new TaskId(0, 0), null);
    }
}
