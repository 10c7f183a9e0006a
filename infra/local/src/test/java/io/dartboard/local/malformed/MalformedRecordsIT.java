package io.dartboard.local.malformed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dartboard.events.AlphaCheckpointed;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.DeadLettered;
import io.dartboard.events.RunRequested;
import io.dartboard.events.SearchJob;
import io.dartboard.pipeline.config.KafkaSettings;
import io.dartboard.pipeline.config.ServiceIdentity;
import io.dartboard.pipeline.event.Event;
import io.dartboard.pipeline.event.EventReader;
import io.dartboard.pipeline.event.EventSender;
import io.dartboard.pipeline.event.SchemaBook;
import io.dartboard.pipeline.event.TopicAdmin;
import io.dartboard.pipeline.job.JobWorker;
import io.dartboard.pipeline.job.Outcome;
import io.dartboard.pipeline.job.RunControl;
import io.dartboard.pipeline.planner.PlannerStreams;
import io.dartboard.pipeline.planner.PlannerWitness;
import io.dartboard.pipeline.testkit.EmbeddedBroker;
import io.dartboard.pipeline.testkit.InMemoryArtifactStore;
import io.dartboard.pipeline.testkit.QuickWorkers;
import io.dartboard.pipeline.testkit.Samples;
import io.dartboard.pipeline.view.RunStory;
import io.dartboard.schemas.Topics;
import io.dartboard.search.plan.SearchPlanner;
import io.dartboard.search.request.DevicePrice;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A planner, a worker and a reader of every topic, on a real broker, behind hundreds of malformed records. */
class MalformedRecordsIT {
    private static final int RECORDS = 300;
    private static final Duration LEASE = Duration.ofSeconds(3);
    private static final Duration SOON = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    private final ConcurrentLinkedQueue<Event<?>> heard = new ConcurrentLinkedQueue<>();

    @Test
    void shouldPlanWorkAndReadOnBehindThem() throws Exception {
        try (var broker = new EmbeddedBroker(folder.resolve("kafka"), 2_000)) {
            var kafka = broker.settings();
            new TopicAdmin(kafka).ensure(Topics.ALL);
            var written = spoil(kafka);
            try (var sender = new EventSender(kafka, new ServiceIdentity("test-svc", "1"), Clock.systemUTC());
                    var planner = planner(kafka);
                    var control = new RunControl(kafka, "test-svc", SchemaBook.AS_IT_IS);
                    var worker = worker(kafka, sender, control);
                    var reader = new EventReader(kafka, "reader", Topics.ALL, heard::add)) {
                planner.start();
                control.start();
                worker.start();
                reader.start();

                var dataset = DatasetPublished.newBuilder(RunStory.IMAGES.dataset("probe", "v1"))
                        .setHeight(32)
                        .setWidth(32)
                        .build();
                sender.deliver(Topics.DATASETS, "probe@v1", dataset, "", "");
                var request = RunRequested.newBuilder(RunStory.IMAGES.request("probe"))
                        .setDataset("probe")
                        .setSearchSeeds(List.of(77L))
                        .setTransfer(null)
                        .build();
                sender.deliver(Topics.RUNS, "probe", request, "probe", "");

                await().atMost(SOON).until(() -> heard.stream()
                        .anyMatch(event -> event.value() instanceof AlphaCheckpointed done
                                && done.getRun().equals("probe")));
                assertThat(worker.trouble()).isEmpty();
                assertThat(planner.streams().orElseThrow().state().name()).isEqualTo("RUNNING");
                assertThat(letters()).isNotEmpty().hasSizeLessThan(2 * written).allMatch(ClearLine::is);
                assertThat(reader.skipped()).isPositive();
                assertThat(reader.trouble()).isEmpty();
            }
        }
    }

    private List<String> letters() {
        return heard.stream()
                .filter(event -> event.value() instanceof DeadLettered)
                .map(event -> ((DeadLettered) event.value()).getReason())
                .distinct()
                .toList();
    }

    /** Those that the broker takes; it wants a key on a compacted topic. */
    private static int spoil(KafkaSettings kafka) throws Exception {
        var records = new MalformedRecords(12);
        var settings = java.util.Map.<String, Object>of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka.bootstrapServers(),
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                2 << 20);
        var failed = new ConcurrentLinkedQueue<Exception>();
        var sent = 0;
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (var i = 0; i < RECORDS + Topics.ALL.size(); i++) {
                var record = i < RECORDS ? records.next() : records.largest(Topics.ALL.get(i - RECORDS));
                sent++;
                producer.send(
                        new ProducerRecord<>(
                                record.topic().name(), null, null, record.key(), record.value(), record.headers()),
                        (place, failure) -> {
                            if (failure != null) {
                                failed.add(failure);
                            }
                        });
            }
        }
        assertThat(failed).hasSizeLessThan(RECORDS / 5);
        return sent - failed.size();
    }

    private PlannerStreams planner(KafkaSettings kafka) {
        return new PlannerStreams(
                "search-svc",
                "1",
                new SearchPlanner(LEASE, DevicePrice.UNKNOWN, seen -> {}),
                PlannerWitness.NONE,
                SchemaBook.AS_IT_IS,
                kafka,
                folder.resolve("state"),
                Duration.ofSeconds(10),
                () -> new TopicAdmin(kafka).ensureNow(Topics.ALL));
    }

    /** Does any job that it understands at once. */
    private JobWorker<SearchJob> worker(KafkaSettings kafka, EventSender sender, RunControl control) {
        var tools = new QuickWorkers(
                        kafka,
                        sender,
                        control,
                        new InMemoryArtifactStore(),
                        new SimpleMeterRegistry(),
                        folder.resolve("work"))
                .tools(LEASE);
        return new JobWorker<>(
                tools,
                QuickWorkers.searches(),
                (job, context) -> Outcome.done(Topics.ALPHAS, job.getJob(), Samples.fact(job, context.attempt())),
                "cpu",
                0);
    }
}
