package io.dartboard.pipeline.testkit;

import io.dartboard.events.DeadLettered;
import io.dartboard.pipeline.planner.Decider;
import io.dartboard.pipeline.planner.PlannerTopology;
import io.dartboard.schemas.Topic;
import io.dartboard.schemas.Topics;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;

/** A planner on the test driver: facts in, records out. What it tells on its own input topics comes back to it. */
public class PlannerBench implements AutoCloseable {
    private final TopologyTestDriver driver;

    /** Puts a planner on the bench; {@code state} is an empty folder. */
    public PlannerBench(Decider decider, Path state) {
        var settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        this.driver = new TopologyTestDriver(PlannerTopology.build("test-svc", "1", decider), settings);
    }

    /** Tells facts, each on its topic. */
    @SafeVarargs
    public final <V extends SpecificRecord> void tell(Topic<? super V> topic, String key, V... facts) {
        for (var fact : facts) {
            tellBytes(topic, key, encode(topic, fact));
        }
    }

    /** Tells bytes that may be no event. */
    public void tellBytes(Topic<?> topic, String key, byte[] bytes) {
        driver.createInputTopic(topic.name(), new StringSerializer(), new ByteArraySerializer())
                .pipeInput(key, bytes);
    }

    /** Reads what has been told since the last look. */
    public <V extends SpecificRecord> List<V> told(Topic<? super V> topic, Class<V> type) {
        return driver
                .createOutputTopic(topic.name(), new StringDeserializer(), new ByteArrayDeserializer())
                .readValuesToList()
                .stream()
                .map(topic::decode)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** Why records were refused since the last look. */
    public List<String> refusals() {
        return told(Topics.DEAD_LETTERS, DeadLettered.class).stream()
                .map(DeadLettered::getReason)
                .toList();
    }

    @Override
    public void close() {
        driver.close();
    }

    @SuppressWarnings("unchecked")
    private static byte[] encode(Topic<?> topic, SpecificRecord fact) {
        return ((Topic<SpecificRecord>) topic).encode(fact);
    }
}
