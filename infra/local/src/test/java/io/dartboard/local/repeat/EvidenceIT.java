package io.dartboard.local.repeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dartboard.events.ChampionDecided;
import io.dartboard.pipeline.config.KafkaSettings;
import io.dartboard.pipeline.config.ServiceIdentity;
import io.dartboard.pipeline.event.EventSender;
import io.dartboard.pipeline.event.SchemaBook;
import io.dartboard.pipeline.event.TopicAdmin;
import io.dartboard.pipeline.evidence.EvidencePack;
import io.dartboard.pipeline.evidence.EvidenceShelf;
import io.dartboard.pipeline.testkit.EmbeddedBroker;
import io.dartboard.pipeline.testkit.InMemoryArtifactStore;
import io.dartboard.pipeline.view.FreshBoard;
import io.dartboard.pipeline.view.RunBoard;
import io.dartboard.schemas.Topic;
import io.dartboard.schemas.Topics;
import io.dartboard.transfer.evidence.EvidenceReader;
import io.dartboard.transfer.evidence.EvidenceWriter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A promotion on Kafka has its evidence packed, from what stands on the topics. */
class EvidenceIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final EvidenceShelf shelf = new EvidenceShelf(store);

    @Test
    void shouldPackAPromotionOnceOverRestartsAndRepeats() throws Exception {
        try (var broker = new EmbeddedBroker(folder.resolve("kafka"), 2_000);
                var sender = new EventSender(
                        broker.settings(), new ServiceIdentity("transfer-svc", "7"), Clock.systemUTC())) {
            new TopicAdmin(broker.settings())
                    .ensure(Stream.concat(RunBoard.TOPICS.stream(), Stream.of(Topics.DEAD_LETTERS))
                            .toList());
            var events = StoryPack.events("r1", store);
            for (var event : events) {
                tell(sender, event);
            }
            try (var reader = reader(broker.settings(), sender)) {
                reader.start();
                await().atMost(SOON).until(() -> shelf.find("r1").isPresent());
                assertThat(reader.trouble()).isEmpty();
            }
            var stored = store.list("evidence/");
            assertThat(EvidencePack.of(store.get(shelf.find("r1").orElseThrow()))
                            .about()
                            .path("code")
                            .path("release")
                            .asText())
                    .isEqualTo("7");

            for (var event : events) {
                if (event instanceof ChampionDecided) {
                    tell(sender, event);
                }
            }
            for (var event : StoryPack.events("r2", store)) {
                tell(sender, event);
            }
            try (var reader = reader(broker.settings(), sender)) {
                reader.start();
                await().atMost(SOON).until(() -> shelf.find("r2").isPresent());
            }
            assertThat(store.list("evidence/r1/")).isEqualTo(stored);
        }
    }

    private EvidenceReader reader(KafkaSettings kafka, EventSender sender) {
        var boards = FreshBoard.of(kafka, "board", SchemaBook.AS_IT_IS, SOON);
        var writer = new EvidenceWriter(boards, store, sender.service().version(), new SimpleMeterRegistry());
        return new EvidenceReader(writer, kafka, sender);
    }

    private static void tell(EventSender sender, SpecificRecord event) throws InterruptedException {
        for (var topic : RunBoard.TOPICS) {
            if (topic.carries(event)) {
                put(sender, topic, event);
                return;
            }
        }
    }

    /** A verdict under its dataset, and whatever else under some key: boards do not read them. */
    @SuppressWarnings("unchecked")
    private static <V extends SpecificRecord> void put(EventSender sender, Topic<V> topic, SpecificRecord event)
            throws InterruptedException {
        var key = event instanceof ChampionDecided decided
                ? decided.getDataset()
                : "%s-%s".formatted(event.getSchema().getName(), event.hashCode());
        sender.deliver(topic, key, (V) event, "", "");
    }
}
