package io.dartboard.pipeline.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dartboard.events.DeadLettered;
import io.dartboard.events.RunPaused;
import io.dartboard.pipeline.config.KafkaSettings;
import io.dartboard.pipeline.config.ServiceIdentity;
import io.dartboard.pipeline.deadletter.DeadLetters;
import io.dartboard.pipeline.deadletter.RefusedRecord;
import io.dartboard.pipeline.testkit.EmbeddedBroker;
import io.dartboard.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventsIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static EmbeddedBroker broker;
    private static KafkaSettings kafka;
    private static EventSender sender;

    @BeforeAll
    static void start() {
        broker = new EmbeddedBroker(folder.resolve("kafka"), 2_000);
        kafka = broker.settings();
        sender = new EventSender(kafka, new ServiceIdentity("test-svc", "7"), Clock.systemUTC());
    }

    @AfterAll
    static void stop() {
        sender.close();
        broker.close();
    }

    @Test
    void shouldReadWhatStandsOnATopicSkipGarbageAndThenFollow() throws Exception {
        new TopicAdmin(kafka).ensure(List.of(Topics.RUNS, Topics.DATASETS));
        sender.deliver(Topics.RUNS, "r1", new RunPaused("r1", "one", 0), "r1", "cause-1");
        sender.deliver(new ProducerRecord<>("nas.runs", "x".getBytes(StandardCharsets.UTF_8), new byte[] {1}));
        sender.deliver(Topics.RUNS, "r1", new RunPaused("r1", "one", 0), "r1", "cause-1");
        var seen = new ConcurrentLinkedQueue<Event<?>>();
        try (var reader = new EventReader(kafka, "reader", List.of(Topics.RUNS, Topics.DATASETS), seen::add)) {
            reader.start();
            assertThat(reader.awaitCaughtUp(SOON)).isTrue();
            assertThat(seen).hasSize(2);
            assertThat(reader.skipped()).isEqualTo(1);

            sender.deliver(Topics.RUNS, "r2", new RunPaused("r2", "two", 0), "r2", "");
            assertThat(reader.sync(SOON)).isTrue();
            assertThat(seen).extracting(Event::key).containsExactly("r1", "r1", "r2");
        }
        var envelopes = EventReader.readAll(kafka, Topics.RUNS, SOON).stream()
                .map(event -> event.envelope().orElseThrow())
                .toList();
        assertThat(envelopes.get(0).id())
                .isEqualTo(envelopes.get(1).id())
                .isNotEqualTo(envelopes.get(2).id());
        assertThat(envelopes.get(0).source()).isEqualTo("/dartboard/test-svc");
        assertThat(envelopes.get(0).causationId()).isEqualTo("cause-1");
        assertThat(envelopes.get(0).runId()).isEqualTo("r1");
        assertThat(envelopes.get(0).producerVersion()).isEqualTo("7");
    }

    @Test
    void shouldOfferForeignTextsOnceToAGroupAndDeadLetterWhatHasNoMeaning() throws Exception {
        new TopicAdmin(kafka).ensure(List.of(Topics.DEAD_LETTERS));
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("drops", 2, (short) 1)))
                    .all()
                    .get();
        }
        var taken = new ConcurrentLinkedQueue<String>();
        foreign("a", "one");
        foreign("b", "nonsense");
        foreign("gone", null);
        try (var topic = foreignTopic(taken)) {
            topic.start();
            await().atMost(SOON)
                    .until(() -> taken.size() == 2 && letters("drops").size() == 1);
            assertThat(topic.trouble()).isEmpty();
        }
        foreign("a", "two");
        try (var topic = foreignTopic(taken)) {
            topic.start();
            await().atMost(SOON).until(() -> taken.contains("a: two"));
        }
        assertThat(taken).containsExactlyInAnyOrder("a: one", "gone: ", "a: two");
        assertThat(letters("drops")).singleElement().satisfies(letter -> {
            assertThat(letter.getReason()).isEqualTo("it is nonsense");
            assertThat(DeadLetters.keyText(letter)).isEqualTo("b");
        });
    }

    private static GroupReader foreignTopic(Collection<String> taken) {
        return new GroupReader(kafka, "drops", "test-drops", 100, sender, (key, value) -> {
            var text = value.map(bytes -> new String(bytes, StandardCharsets.UTF_8));
            if (text.filter("nonsense"::equals).isPresent()) {
                throw new IllegalArgumentException("it is nonsense");
            }
            taken.add("%s: %s".formatted(key, text.orElse("")));
        });
    }

    private static void foreign(String key, @Nullable String text) throws InterruptedException {
        sender.deliver(new ProducerRecord<>(
                "drops",
                key.getBytes(StandardCharsets.UTF_8),
                text == null ? null : text.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<DeadLettered> letters(String topic) {
        return EventReader.readAll(kafka, Topics.DEAD_LETTERS, SOON).stream()
                .map(Event::value)
                .filter(letter -> letter.getTopic().equals(topic))
                .toList();
    }

    @Test
    void shouldRefuseATopicWithTheWrongNumberOfPartitions() throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("nas.steering", 3, (short) 1)))
                    .all()
                    .get();
        }

        assertThatThrownBy(() -> new TopicAdmin(kafka).ensure(List.of(Topics.STEERING)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("nas.steering has 3 partitions");
    }

    @Test
    void shouldCreateATopicWithItsSettingsAndNotMindThatItIsThere() throws Exception {
        var topics = new TopicAdmin(kafka);
        topics.ensure(List.of(Topics.CHAMPIONS));
        topics.ensure(List.of(Topics.CHAMPIONS));

        var resource = new org.apache.kafka.common.config.ConfigResource(
                org.apache.kafka.common.config.ConfigResource.Type.TOPIC, "nas.champions");
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            var config = admin.describeConfigs(List.of(resource)).all().get();
            assertThat(config).hasEntrySatisfying(resource, settings -> assertThat(
                            settings.get("cleanup.policy").value())
                    .isEqualTo("compact"));
        }
    }

    @Test
    void shouldNameTheBrokersThatCannotBeReached() {
        assertThatThrownBy(
                        () -> EventReader.readAll(KafkaSettings.at("localhost:1"), Topics.RUNS, Duration.ofMillis(300)))
                .isInstanceOf(KafkaException.class)
                .hasMessageContaining("localhost:1");
    }

    @Test
    void shouldKeepARefusedRecordByteForByteAndPutItBack() {
        var key = "k".getBytes(StandardCharsets.UTF_8);
        var value = new byte[] {9, 8, 7};
        var record = new ConsumerRecord<>("nas.runs", 0, 42L, key, value);
        record.headers().add("h", new byte[] {5});

        var letter = DeadLetters.of(record, "why", "test-svc");
        var back = DeadLetters.replay(letter);

        assertThat(DeadLetters.key(letter)).isEqualTo("nas.runs/0/42");
        assertThat(back.topic()).isEqualTo("nas.runs");
        assertThat(back.key()).isEqualTo(key);
        assertThat(back.value()).isEqualTo(value);
        assertThat(back.headers().lastHeader("h").value()).isEqualTo(new byte[] {5});
    }

    @Test
    void shouldFindTheWholeOfARecordWhoseLetterHoldsItsHeadAlone() throws Exception {
        new TopicAdmin(kafka).ensure(List.of(Topics.TRANSFERS));
        var value = new byte[900_000];
        new Random(5).nextBytes(value);
        var key = "k".getBytes(StandardCharsets.UTF_8);
        var stands = sender.deliver(new ProducerRecord<>(Topics.TRANSFERS.name(), key, value));
        var letter = DeadLetters.of(
                new ConsumerRecord<>(Topics.TRANSFERS.name(), 0, stands.offset(), key, value), "why", "test-svc");

        assertThat(letter.getCut()).isTrue();
        assertThatThrownBy(() -> DeadLetters.replay(letter)).hasMessageContaining("only the head");
        assertThat(RefusedRecord.of(kafka, letter, SOON).value()).isEqualTo(value);

        var gone =
                DeadLettered.newBuilder(letter).setOffset(stands.offset() + 7).build();
        assertThatThrownBy(() -> RefusedRecord.of(kafka, gone, Duration.ofSeconds(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("holds it no more");
    }
}
