package io.dartboard.pipeline.planner;

import io.dartboard.pipeline.event.SchemaBook;
import io.dartboard.schemas.Topic;
import io.dartboard.schemas.Topics;
import java.time.Duration;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/**
 * Puts a {@link Decider} on Kafka Streams: one source for each input, one processor with one store, one sink for each
 * output and one for dead letters.
 *
 * <p>Sources are read as bytes and decoded inside the processor, so that a record which is no event becomes a dead letter
 * in the very transaction that steps over it: it is neither lost nor told twice, and the stream goes on.
 */
public final class PlannerTopology {
    /** Name of the state store. */
    public static final String STORE = "ledger";

    /** Time between two looks at what is due. */
    public static final Duration TICK = Duration.ofSeconds(2);

    private static final String PROCESSOR = "plan";

    private PlannerTopology() {}

    /** Builds the topology with no witness. */
    public static Topology build(String service, String version, Decider decider) {
        return build(service, version, decider, PlannerWitness.NONE, SchemaBook.AS_IT_IS);
    }

    /**
     * Builds the topology.
     *
     * @param service name of the service, for envelopes and dead letters
     * @param version its version
     * @param decider what it decides
     * @param witness sees what becomes of each record
     * @param schemas knows what newer writers write with
     */
    public static Topology build(
            String service, String version, Decider decider, PlannerWitness witness, SchemaBook schemas) {
        var topology = new Topology();
        var sources = decider.inputs().stream().map(Topic::name).sorted().toArray(String[]::new);
        for (var source : sources) {
            topology.addSource(source(source), new ByteArrayDeserializer(), new ByteArrayDeserializer(), source);
        }
        topology.addProcessor(
                PROCESSOR,
                () -> new PlannerProcessor(service, version, decider, witness, schemas),
                decider.inputs().stream()
                        .map(topic -> source(topic.name()))
                        .sorted()
                        .toArray(String[]::new));
        topology.addStateStore(
                Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(STORE), Serdes.String(), Serdes.ByteArray()),
                PROCESSOR);
        for (var output : decider.outputs()) {
            addSink(topology, output);
        }
        if (!decider.outputs().contains(Topics.DEAD_LETTERS)) {
            addSink(topology, Topics.DEAD_LETTERS);
        }
        return topology;
    }

    static String sink(Topic<?> topic) {
        return "to-" + topic.name();
    }

    private static String source(String topic) {
        return "from-" + topic;
    }

    private static void addSink(Topology topology, Topic<?> topic) {
        topology.addSink(sink(topic), topic.name(), new ByteArraySerializer(), new ByteArraySerializer(), PROCESSOR);
    }
}
