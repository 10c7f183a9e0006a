package io.dartboard.pipeline.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dartboard.events.SearchJob;
import io.dartboard.pipeline.event.EventReader;
import io.dartboard.pipeline.event.EventSender;
import io.dartboard.pipeline.event.SchemaBook;
import io.dartboard.pipeline.event.TopicAdmin;
import io.dartboard.pipeline.testkit.EmbeddedBroker;
import io.dartboard.pipeline.testkit.InMemoryArtifactStore;
import io.dartboard.pipeline.testkit.QuickWorkers;
import io.dartboard.pipeline.testkit.Samples;
import io.dartboard.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that goes away for longer than a lock while a job runs. */
class BrokerRestartIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void shouldNotKillARunningJobWhenTheBrokerRestarts() throws Exception {
        var store = new InMemoryArtifactStore();
        var registry = new SimpleMeterRegistry();
        var begun = new ConcurrentLinkedQueue<Integer>();
        var goOn = new CountDownLatch(1);
        try (var broker = new EmbeddedBroker(folder.resolve("kafka"), 2_000);
                var sender = new EventSender(broker.settings(), QuickWorkers.IDENTITY, Clock.systemUTC());
                var control = new RunControl(broker.settings(), "test-svc", SchemaBook.AS_IT_IS)) {
            new TopicAdmin(broker.settings()).ensure(Topics.ALL);
            control.start();
            var tools = new QuickWorkers(broker.settings(), sender, control, store, registry, folder)
                    .tools(Duration.ofMillis(1500));
            JobRunner<SearchJob> runner = (job, context) -> {
                begun.add(context.attempt());
                while (goOn.getCount() > 0) {
                    assertThat(context.signal()).isEqualTo(Signal.NONE);
                    Thread.sleep(20);
                }
                context.publish(Topics.ALPHAS, job.getJob(), Samples.fact(job, context.attempt()));
                return Outcome.done(Topics.ALPHAS, job.getJob(), Samples.fact(job, context.attempt()));
            };
            try (var worker = new JobWorker<>(tools, QuickWorkers.searches(), runner, "cpu", 0)) {
                worker.start();
                var job = Samples.job("s1", "r1");
                sender.deliver(Topics.SEARCH_JOBS, "s1", job, "r1", "");
                await().atMost(SOON).until(() -> !begun.isEmpty());

                broker.stop();
                Thread.sleep(3_000);
                broker.restart();
                goOn.countDown();

                await().atMost(SOON).until(() -> store.exists("searches/s1/result.json") && !worker.busy());
                var next = Samples.job("s2", "r2");
                sender.deliver(Topics.SEARCH_JOBS, "s2", next, "r2", "");
                await().atMost(SOON).until(() -> store.exists("searches/s2/result.json"));
                var facts = EventReader.readAll(broker.settings(), Topics.ALPHAS, SOON);
                assertThat(facts).extracting(event -> event.value().getSearch()).contains("s1", "s2");
                assertThat(begun).containsExactly(1, 1);
                assertThat(EventReader.readAll(broker.settings(), Topics.FAILURES, SOON))
                        .isEqualTo(List.of());
            }
        }
    }
}
