package io.dartboard.pipeline.testkit;

import io.dartboard.events.DeadLettered;
import io.dartboard.pipeline.planner.Decider;
import io.dartboard.pipeline.planner.PlannerTopology;
import io.dartboard.schemas.Topic;
import io.dartboard.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;

/**
 * A planner on the test driver: facts in, records out. What it tells on its own input topics comes back to it. Its clock
 * stands still but for a millisecond before each fact, and for {@link #pass}.
 */
public class PlannerBench implements AutoCloseable {
    /** When the bench is set up. */
    public static final Instant START = Instant.parse("2026-01-01T10:00:00Z");

    private static final Duration BETWEEN_FACTS = Duration.ofMillis(1);

    private final TopologyTestDriver driver;
    private Instant now = START;

    /** Puts a planner on the bench; {@code state} is an empty folder. */
    public PlannerBench(Decider decider, Path state) {
        var settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        this.driver = new TopologyTestDriver(PlannerTopology.build("test-svc", "1", decider), settings, START);
    }

    /** Tells facts, each on its topic. */
    @SafeVarargs
    public final <V extends SpecificRecord> void tell(Topic<? super V> topic, String key, V... facts) {
        for (var fact : facts) {
            tellBytes(topic, key, encode(topic, fact));
        }
    }

    /** Tells a fact that was told at another time than now, as one that is replayed or late. */
    public <V extends SpecificRecord> void tellAt(Instant told, Topic<? super V> topic, String key, V fact) {
        pipe(topic, key, encode(topic, fact), told);
    }

    /** The topic that carries a fact. */
    @SuppressWarnings("unchecked")
    public static Topic<SpecificRecord> topicOf(SpecificRecord fact) {
        return (Topic<SpecificRecord>) Topics.ALL.stream()
                .filter(each -> each.carries(fact))
                .findFirst()
                .orElseThrow();
    }

    /** Tells bytes that may be no event. */
    public void tellBytes(Topic<?> topic, String key, byte[] bytes) {
        forward(BETWEEN_FACTS);
        pipe(topic, key, bytes, now);
    }

    /** The bench's clock. */
    public Instant now() {
        return now;
    }

    /** Lets time pass, in which the planner looks at what is due as often as it does. */
    public void pass(Duration time) {
        var end = now.plus(time);
        while (now.isBefore(end)) {
            var left = Duration.between(now, end);
            forward(left.compareTo(PlannerTopology.TICK) < 0 ? left : PlannerTopology.TICK);
        }
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

    private void forward(Duration by) {
        now = now.plus(by);
        driver.advanceWallClockTime(by);
    }

    private void pipe(Topic<?> topic, String key, byte[] bytes, Instant told) {
        driver.createInputTopic(topic.name(), new StringSerializer(), new ByteArraySerializer())
                .pipeInput(key, bytes, told);
    }

    @SuppressWarnings("unchecked")
    private static byte[] encode(Topic<?> topic, SpecificRecord fact) {
        return ((Topic<SpecificRecord>) topic).encode(fact);
    }
}
