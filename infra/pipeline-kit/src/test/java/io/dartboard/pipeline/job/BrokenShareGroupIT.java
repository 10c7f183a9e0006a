package io.dartboard.pipeline.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dartboard.events.SearchJob;
import io.dartboard.pipeline.connect.KafkaClients;
import io.dartboard.pipeline.event.EventSender;
import io.dartboard.pipeline.event.SchemaBook;
import io.dartboard.pipeline.event.TopicAdmin;
import io.dartboard.pipeline.meters.NasMeters;
import io.dartboard.pipeline.testkit.EmbeddedBroker;
import io.dartboard.pipeline.testkit.InMemoryArtifactStore;
import io.dartboard.pipeline.testkit.QuickWorkers;
import io.dartboard.pipeline.testkit.Samples;
import io.dartboard.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.admin.ShareGroupDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A broker that has lost the group's members and kept the group's place on the topic: as one that was killed while it was
 * overwhelmed has done. It refuses to begin the group anew before it is as old as it was, and offers its members nothing.
 */
class BrokenShareGroupIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration LEASE = Duration.ofSeconds(2);

    @TempDir
    Path folder;

    @Test
    void shouldTakeFromTheTopicWhatTheGroupDoesNotOffer() throws Exception {
        var store = new InMemoryArtifactStore();
        var registry = new SimpleMeterRegistry();
        var begun = new ConcurrentLinkedQueue<String>();
        try (var broker = new EmbeddedBroker(folder.resolve("kafka"), 2_000);
                var sender = new EventSender(broker.settings(), QuickWorkers.IDENTITY, Clock.systemUTC());
                var control = new RunControl(broker.settings(), "test-svc", SchemaBook.AS_IT_IS)) {
            new TopicAdmin(broker.settings()).ensure(Topics.ALL);
            control.start();
            grow(broker);
            var tools = new QuickWorkers(broker.settings(), sender, control, store, registry, folder).tools(LEASE);
            var kind = QuickWorkers.searches();
            JobRunner<SearchJob> runner = (job, context) -> {
                begun.add(job.getJob() + "#" + context.attempt());
                return Outcome.done(Topics.ALPHAS, job.getJob(), Samples.fact(job, context.attempt()));
            };
            try (var worker = new JobWorker<>(tools, kind, runner, "cpu", 0);
                    var other = new JobWorker<>(tools, kind, runner, "cpu", 1)) {
                worker.start();
                other.start();
                sender.deliver(Topics.SEARCH_JOBS, "s1", Samples.job("s1", "r1"), "r1", "");
                await().atMost(SOON).until(() -> store.exists("searches/s1/result.json"));
                assertThat(unoffered(registry)).isZero();

                var old = group(broker).groupEpoch();
                broker.stop();
                forgetGroups(folder.resolve("kafka"));
                broker.restart();
                await().atMost(SOON)
                        .ignoreExceptions()
                        .until(() -> group(broker).groupEpoch() < old
                                && group(broker).members().size() == 2);
                sender.deliver(Topics.SEARCH_JOBS, "s2", Samples.job("s2", "r2"), "r2", "");
                sender.deliver(Topics.SEARCH_JOBS, "s3", Samples.job("s3", "r3"), "r3", "");

                await().atMost(SOON)
                        .until(() ->
                                store.exists("searches/s2/result.json") && store.exists("searches/s3/result.json"));
                assertThat(begun).containsExactlyInAnyOrder("s1#1", "s2#1", "s3#1");
                // Whoever takes the first joins the group anew, which may make it old enough to offer the other.
                assertThat(unoffered(registry)).isBetween(1.0, 2.0);
            }
            var taken = unoffered(registry);

            // Each that comes or goes makes the group older, until it is older than the place that it has lost.
            grow(broker);
            grow(broker);
            sender.deliver(Topics.SEARCH_JOBS, "s4", Samples.job("s4", "r4"), "r4", "");
            try (var worker = new JobWorker<>(tools, kind, runner, "cpu", 0)) {
                worker.start();
                await().atMost(SOON).until(() -> store.exists("searches/s4/result.json"));
            }
            assertThat(unoffered(registry)).isEqualTo(taken);
        }
    }

    /**
     * Lets members come and go, each of whom makes the group older: a place on a topic that it takes when it is old is refused
     * to the young group that comes after it.
     */
    private static void grow(EmbeddedBroker broker) {
        for (var member = 1; member <= 6; member++) {
            try (var consumer = ShareGroup.consumer(broker.settings(), "workers", "passer-by-" + member)) {
                consumer.subscribe(List.of(Topics.EVAL_JOBS.name()));
                consumer.poll(Duration.ofSeconds(1));
            }
        }
    }

    private static ShareGroupDescription group(EmbeddedBroker broker) throws Exception {
        try (var admin = KafkaClients.admin(broker.settings(), "look", Duration.ofSeconds(10))) {
            return Objects.requireNonNull(
                    admin.describeShareGroups(List.of("workers")).all().get().get("workers"));
        }
    }

    private static double unoffered(SimpleMeterRegistry registry) {
        return registry.find(NasMeters.JOBS_UNOFFERED.id()).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    private static void forgetGroups(Path data) throws IOException {
        try (var folders = Files.list(data)) {
            folders.filter(each -> each.getFileName().toString().startsWith("__consumer_offsets-"))
                    .forEach(BrokenShareGroupIT::delete);
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
