package io.dartboard.pipeline.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.events.RunCancelled;
import io.dartboard.events.RunFinished;
import io.dartboard.events.RunOutcome;
import io.dartboard.events.RunPaused;
import io.dartboard.pipeline.artifact.ArtifactDigest;
import io.dartboard.pipeline.event.SchemaBook;
import io.dartboard.pipeline.meters.EventMeters;
import io.dartboard.schemas.Envelope;
import io.dartboard.schemas.Topic;
import io.dartboard.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Properties;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlannerTopologyTest {
    private static final Table<RunCancelled> CANCELLED = Table.of(RunCancelled.class);

    /** Finishes each cancelled run once; cannot stand a run named "bomb". */
    private static final class Finisher implements Decider {
        private int ticks = -1;

        @Override
        public Set<Topic<?>> inputs() {
            return Set.of(Topics.RUNS);
        }

        @Override
        public Set<Topic<?>> outputs() {
            return Set.of(Topics.RUNS);
        }

        @Override
        public void decide(Fact fact, Ledger ledger, Outbox outbox) {
            if (fact.value() instanceof RunCancelled cancelled) {
                ledger.put(CANCELLED, fact.key(), cancelled);
                if (ledger.mark("finished/" + fact.key())) {
                    outbox.send(
                            Topics.RUNS,
                            fact.key(),
                            new RunFinished(fact.key(), RunOutcome.CANCELLED, cancelled.getReason(), 0),
                            fact.key());
                }
                if (fact.key().equals("bomb")) {
                    throw new IllegalStateException("cannot stand it");
                }
            }
        }

        /** Fails half way the first time. */
        @Override
        public void tick(Instant now, Ledger ledger, Outbox outbox) {
            ticks++;
            if (ledger.mark("ticked")) {
                outbox.send(Topics.RUNS, "clock", new RunPaused("clock", "tick " + ticks, 0), "clock");
            }
            if (ticks == 0) {
                throw new IllegalStateException("the clock is not wound up");
            }
        }
    }

    @TempDir
    Path state;

    private TopologyTestDriver driver;
    private TestInputTopic<String, byte[]> runs;
    private TestOutputTopic<String, byte[]> told;
    private TestOutputTopic<String, byte[]> deadLetters;

    @BeforeEach
    void setUp() {
        var settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        driver = new TopologyTestDriver(PlannerTopology.build("test-svc", "1", new Finisher()), settings);
        runs = driver.createInputTopic(Topics.RUNS.name(), new StringSerializer(), new ByteArraySerializer());
        told = driver.createOutputTopic(Topics.RUNS.name(), new StringDeserializer(), new ByteArrayDeserializer());
        deadLetters = driver.createOutputTopic(
                Topics.DEAD_LETTERS.name(), new StringDeserializer(), new ByteArrayDeserializer());
    }

    @AfterEach
    void tearDown() {
        driver.close();
    }

    @Test
    void shouldTellWhatTheDeciderSaysWithItsCause() {
        // When
        runs.pipeInput("r1", Topics.RUNS.encode(new RunCancelled("r1", "enough", 0)));

        // Then
        var record = told.readRecord();
        assertThat(record.key()).isEqualTo("r1");
        assertThat(Topics.RUNS.decode(record.value()))
                .isEqualTo(new RunFinished("r1", RunOutcome.CANCELLED, "enough", 0));
        var envelope = Envelope.readFrom(record.headers()).orElseThrow();
        assertThat(envelope.source()).isEqualTo("/dartboard/test-svc");
        assertThat(envelope.runId()).isEqualTo("r1");
        assertThat(envelope.causationId()).isNotEmpty();
    }

    @Test
    void shouldDecideOnceOnAFactThatComesTwice() {
        runs.pipeInput("r1", Topics.RUNS.encode(new RunCancelled("r1", "enough", 0)));
        runs.pipeInput("r1", Topics.RUNS.encode(new RunCancelled("r1", "enough", 0)));
        assertThat(told.readRecordsToList()).hasSize(1);
    }

    @Test
    void shouldDeadLetterGarbageAndGoOn() {
        // When
        var headers = new RecordHeaders().add("trace", new byte[] {7});
        runs.pipeInput(new TestRecord<>("r0", "garbage".getBytes(StandardCharsets.UTF_8), headers));
        runs.pipeInput("r1", Topics.RUNS.encode(new RunCancelled("r1", "", 0)));

        // Then
        var refused = deadLetters.readRecord();
        assertThat(refused.key()).isEqualTo("nas.runs/0/0");
        var letter = Topics.DEAD_LETTERS.decode(refused.value());
        assertThat(letter.getRecordHeaders()).containsEntry("trace", ByteBuffer.wrap(new byte[] {7}));
        assertThat(letter.getTopic()).isEqualTo("nas.runs");
        assertThat(letter.getOffset()).isZero();
        assertThat(letter.getReason()).contains("not an event");
        assertThat(StandardCharsets.UTF_8.decode(letter.getRecordValue()).toString())
                .isEqualTo("garbage");
        assertThat(told.readRecordsToList()).hasSize(1);
    }

    @Test
    void shouldDeadLetterRecordsWithoutKeyOrValue() {
        runs.pipeInput(null, Topics.RUNS.encode(new RunPaused("r1", "", 0)));
        runs.pipeInput("r1", (byte[]) null);
        assertThat(deadLetters.readValuesToList())
                .extracting(bytes -> Topics.DEAD_LETTERS.decode(bytes).getReason())
                .containsExactly("the record has no key; topic nas.runs is keyed by run", "the record has no value");
    }

    @Test
    void shouldDeadLetterWhatTheDeciderCannotTakeAndTellNoHalfOfIt() {
        // When
        runs.pipeInput("bomb", Topics.RUNS.encode(new RunCancelled("bomb", "", 0)));
        runs.pipeInput("r1", Topics.RUNS.encode(new RunCancelled("r1", "", 0)));

        // Then
        assertThat(Topics.DEAD_LETTERS.decode(deadLetters.readRecord().value()).getReason())
                .contains("has a fault and can do nothing with this record");
        assertThat(told.readKeyValuesToList()).extracting(each -> each.key).containsExactly("r1");
    }

    @Test
    void shouldRemember() {
        runs.pipeInput("r2", Topics.RUNS.encode(new RunCancelled("r2", "b", 0)));
        runs.pipeInput("r1", Topics.RUNS.encode(new RunCancelled("r1", "a", 0)));
        var ledger = new Ledger(driver.getKeyValueStore(PlannerTopology.STORE));
        assertThat(ledger.all(CANCELLED)).extracting(SpecificRecord::toString).hasSize(2);
        assertThat(ledger.get(CANCELLED, "r1").orElseThrow().getReason()).isEqualTo("a");
        assertThat(ledger.marked("finished/r1")).isTrue();
        ledger.unmark("finished/r1");
        assertThat(ledger.marked("finished/r1")).isFalse();
    }

    @Test
    void shouldForgetTheMarksOfADecisionThatFailedSoThatItMayBeMadeAgain() {
        // When the decider throws after it has stored and marked
        runs.pipeInput("bomb", Topics.RUNS.encode(new RunCancelled("bomb", "", 0)));

        // Then
        var ledger = new Ledger(driver.getKeyValueStore(PlannerTopology.STORE));
        assertThat(ledger.marked("finished/bomb")).isFalse();
        assertThat(ledger.get(CANCELLED, "bomb")).isEmpty();
    }

    @Test
    void shouldStepOverARecordOfTheBrokersLargestSizeWithALetterThatAnyBrokerTakes() {
        // Given
        var garbage = new byte[1_048_400];
        Arrays.fill(garbage, (byte) 7);
        var headers = new RecordHeaders();
        for (var i = 0; i < 40; i++) {
            headers.add("h" + i, new byte[20_000]);
        }

        // When
        runs.pipeInput(new TestRecord<>("k".repeat(5_000), garbage, headers));
        runs.pipeInput("r1", Topics.RUNS.encode(new RunCancelled("r1", "", 0)));

        // Then
        var refused = deadLetters.readRecord();
        assertThat(refused.value().length).isLessThan(300_000);
        var letter = Topics.DEAD_LETTERS.decode(refused.value());
        assertThat(letter.getCut()).isTrue();
        assertThat(letter.getRecordBytes()).isEqualTo(1_048_400);
        assertThat(letter.getRecordSha256()).isEqualTo(ArtifactDigest.sha256(garbage));
        assertThat(letter.getReason()).contains("1048400 bytes is refused unread");
        assertThat(told.readRecordsToList()).hasSize(1);
    }

    @Test
    void shouldLookAtWhatIsDueByTheClock() {
        driver.advanceWallClockTime(PlannerTopology.TICK);
        driver.advanceWallClockTime(PlannerTopology.TICK);
        assertThat(told.readValuesToList())
                .extracting(bytes -> ((RunPaused) Topics.RUNS.decode(bytes)).getReason())
                .containsExactly("tick 1");
    }

    @Test
    void shouldTellARepeatedEventFromOneThatDoesNotMatter() {
        var registry = new SimpleMeterRegistry();
        var meters = new EventMeters(registry, Clock.systemUTC());
        meters.of(new Finisher());
        assertThat(consumed(registry, "duplicate")).isZero();
        var settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "counting");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        try (var counting = new TopologyTestDriver(
                PlannerTopology.build("test-svc", "1", new Finisher(), meters, SchemaBook.AS_IT_IS), settings)) {
            var input =
                    counting.createInputTopic(Topics.RUNS.name(), new StringSerializer(), new ByteArraySerializer());
            input.pipeInput("r1", Topics.RUNS.encode(new RunPaused("r1", "", 1)));
            assertThat(consumed(registry, "ignored")).isEqualTo(1);

            input.pipeInput("r1", Topics.RUNS.encode(new RunCancelled("r1", "enough", 1)));
            assertThat(consumed(registry, "taken")).isEqualTo(1);

            input.pipeInput("r1", Topics.RUNS.encode(new RunCancelled("r1", "enough", 1)));
        }
        assertThat(consumed(registry, "taken")).isEqualTo(1);
        assertThat(consumed(registry, "duplicate")).isEqualTo(1);
        // The end that it told has come back to it.
        assertThat(consumed(registry, "ignored")).isEqualTo(2);
        assertThat(registry.get("nas.runs.finished")
                        .tag("outcome", "cancelled")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    private static double consumed(SimpleMeterRegistry registry, String outcome) {
        return registry.get("nas.events.consumed")
                .tags("topic", "nas.runs", "outcome", outcome)
                .counter()
                .count();
    }
}
