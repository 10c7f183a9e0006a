package io.dartboard.pipeline.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.events.RunPaused;
import io.dartboard.events.SchemaTold;
import io.dartboard.pipeline.config.KafkaSettings;
import io.dartboard.pipeline.config.ServiceIdentity;
import io.dartboard.pipeline.testkit.EmbeddedBroker;
import io.dartboard.pipeline.testkit.LaterRelease;
import io.dartboard.schemas.EventCodec;
import io.dartboard.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ToldSchemasIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static EmbeddedBroker broker;
    private static KafkaSettings kafka;
    private static EventSender sender;
    private static TopicAdmin topics;

    @BeforeAll
    static void start() {
        broker = new EmbeddedBroker(folder.resolve("kafka"), 2_000);
        kafka = broker.settings();
        sender = new EventSender(kafka, new ServiceIdentity("test-svc", "7"), Clock.systemUTC());
        topics = new TopicAdmin(kafka);
        topics.ensure(List.of(Topics.RUNS, Topics.SCHEMAS));
    }

    @AfterAll
    static void stop() {
        sender.close();
        broker.close();
    }

    @Test
    void shouldTellEverySchemaOnceHoweverOftenAServiceStarts() {
        for (var start = 0; start < 2; start++) {
            try (var schemas = ToldSchemas.telling(kafka, topics, sender)) {
                assertThat(schemas.trouble()).isPresent();
                schemas.start();
                schemas.awaitTold();
                assertThat(schemas.trouble()).isEmpty();
            }
        }

        var own = EventReader.readAll(kafka, Topics.SCHEMAS, SOON).stream()
                .map(Event::value)
                .filter(told -> told.getService().equals("test-svc"))
                .toList();
        assertThat(own).extracting(SchemaTold::getVersion).containsOnly("7");
        assertThat(own)
                .extracting(told -> new Schema.Parser().parse(told.getSchema$()).getName())
                .containsExactlyInAnyOrderElementsOf(
                        Topics.types().stream().map(Class::getSimpleName).toList());
        assertThat(own)
                .allSatisfy(told -> assertThat(EventCodec.fingerprint(new Schema.Parser().parse(told.getSchema$())))
                        .isEqualTo(told.getFingerprint()));
    }

    @Test
    void shouldReadANewerWritersRecordThoughItsSchemaComesAfterIt() throws Exception {
        // Given: a reader at the end of its topic, and a record of a schema that nobody has told
        var newer = evolved("urgency");
        var seen = new LinkedBlockingQueue<Object>();
        try (var schemas = ToldSchemas.following(kafka, "late");
                var reader = new EventReader(kafka, "late", List.of(Topics.RUNS), schemas, event -> {
                    if (event.key().equals("late")) {
                        seen.add(event.value());
                    }
                })) {
            schemas.start();
            reader.start();
            assertThat(reader.awaitCaughtUp(SOON)).isTrue();
            sender.deliver(new ProducerRecord<>("nas.runs", key("late"), encoded(newer, "late")));

            // When: garbage, a schema that cannot be read, a kind that is not known here, and then the schema
            tell("0", "garbage");
            tell("1", clashing().toString());
            tell(praised());
            tell(newer);

            // Then
            assertThat(seen.poll(30, TimeUnit.SECONDS)).isEqualTo(new RunPaused("late", "why", 0));
        }
    }

    @Test
    void shouldSkipAKindThatIsNotKnownHere() throws Exception {
        tell(praised());
        var record = new GenericData.Record(praised());
        record.put("search", "s1");
        sender.deliver(new ProducerRecord<>("nas.runs", key("praise"), LaterRelease.encode(record)));
        try (var schemas = ToldSchemas.following(kafka, "skips");
                var reader = new EventReader(kafka, "skips", List.of(Topics.RUNS), schemas, event -> {
                    assertThat(event.key()).isNotEqualTo("praise");
                })) {
            schemas.start();
            assertThat(schemas.awaitCaughtUp(SOON)).isTrue();
            reader.start();
            assertThat(reader.awaitCaughtUp(SOON)).isTrue();
            assertThat(reader.skipped()).isPositive();
            assertThat(schemas.awaitKnown(LaterRelease.encode(record), SOON)).isTrue();
        }
    }

    @Test
    void shouldNotWaitAgainForGarbageAfterAWaitInVain() throws Exception {
        try (var schemas = ToldSchemas.following(kafka, "tired")) {
            schemas.start();
            assertThat(schemas.awaitKnown(encoded(evolved("never"), "x"), Duration.ofMillis(1)))
                    .isFalse();

            // Then: this returns
            assertThat(schemas.awaitKnown(encoded(evolved("neverEither"), "x"), Duration.ofDays(1)))
                    .isFalse();
            assertThat(schemas.awaitKnown(new byte[] {1, 2, 3}, Duration.ofDays(1)))
                    .as("what is no event is known to be none")
                    .isTrue();
        }
    }

    private static Schema evolved(String field) {
        return SchemaBuilder.record("RunPaused")
                .namespace("io.dartboard.events")
                .fields()
                .requiredString("run")
                .requiredString("reason")
                .requiredInt(field)
                .endRecord();
    }

    private static Schema praised() {
        return SchemaBuilder.record("SearchPraised")
                .namespace("io.dartboard.events")
                .fields()
                .requiredString("search")
                .endRecord();
    }

    private static Schema clashing() {
        return SchemaBuilder.record("RunPaused")
                .namespace("io.dartboard.events")
                .fields()
                .requiredLong("run")
                .endRecord();
    }

    private static void tell(Schema schema) throws InterruptedException {
        tell(EventCodec.fingerprint(schema), schema.toString());
    }

    private static void tell(String fingerprint, String schema) throws InterruptedException {
        sender.deliver(Topics.SCHEMAS, fingerprint, new SchemaTold(fingerprint, schema, "newer-svc", "0.5.0"), "", "");
    }

    private static byte[] key(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] encoded(Schema schema, String run) {
        var record = new GenericData.Record(schema);
        record.put(0, run);
        record.put(1, "why");
        record.put(2, 9);
        return LaterRelease.encode(record);
    }
}
