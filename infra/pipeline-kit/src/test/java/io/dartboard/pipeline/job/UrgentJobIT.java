package io.dartboard.pipeline.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dartboard.events.RunPriority;
import io.dartboard.events.RunRequested;
import io.dartboard.events.SearchJob;
import io.dartboard.pipeline.event.EventSender;
import io.dartboard.pipeline.event.SchemaBook;
import io.dartboard.pipeline.event.TopicAdmin;
import io.dartboard.pipeline.testkit.EmbeddedBroker;
import io.dartboard.pipeline.testkit.InMemoryArtifactStore;
import io.dartboard.pipeline.testkit.QuickWorkers;
import io.dartboard.pipeline.testkit.Samples;
import io.dartboard.pipeline.view.RunStory;
import io.dartboard.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs of several priorities that wait for one worker, on a real broker, whose share group offers them as they were told. */
class UrgentJobIT {
    private static final Duration LEASE = Duration.ofMillis(1500);
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int LOCK_MS = 2_000;

    @TempDir
    Path folder;

    @Test
    void shouldBeginTheMoreUrgentOfTheJobsThatWait() throws Exception {
        var store = new InMemoryArtifactStore();
        var begun = new ConcurrentLinkedQueue<String>();
        var goes = new CountDownLatch(1);
        try (var broker = new EmbeddedBroker(folder.resolve("kafka"), LOCK_MS);
                var sender = new EventSender(broker.settings(), QuickWorkers.IDENTITY, Clock.systemUTC());
                var control = new RunControl(broker.settings(), "test-svc", SchemaBook.AS_IT_IS)) {
            new TopicAdmin(broker.settings()).ensure(Topics.ALL);
            control.start();
            var tools = new QuickWorkers(broker.settings(), sender, control, store, new SimpleMeterRegistry(), folder)
                    .tools(LEASE);
            JobRunner<SearchJob> runner = (job, context) -> {
                begun.add(job.getJob() + "#" + context.attempt());
                goes.await(SOON.toSeconds(), TimeUnit.SECONDS);
                return Outcome.done(Topics.ALPHAS, job.getJob(), Samples.fact(job, context.attempt()));
            };
            try (var worker = new JobWorker<>(tools, QuickWorkers.searches(), runner, "cpu", 0)) {
                worker.start();
                ask(sender, "running", RunPriority.LOW);
                await().atMost(SOON).until(() -> !begun.isEmpty());

                ask(sender, "low", RunPriority.LOW);
                ask(sender, "normal", RunPriority.NORMAL);
                ask(sender, "high", RunPriority.HIGH);
                ask(sender, "higher", RunPriority.HIGH);
                ask(sender, "lower", RunPriority.LOW);
                assertThat(control.sync(SOON)).isTrue();
                goes.countDown();

                await().atMost(SOON).until(() -> store.exists("searches/lower/result.json") && !worker.busy());
            }
            // Nothing is put down for what is more urgent.
            assertThat(begun).containsExactly("running#1", "high#1", "higher#1", "normal#1", "low#1", "lower#1");
        }
    }

    private static void ask(EventSender sender, String job, RunPriority priority) throws InterruptedException {
        var request = RunRequested.newBuilder(RunStory.IMAGES.request("run-" + job))
                .setPriority(priority)
                .build();
        sender.deliver(Topics.RUNS, request.getRun(), request, request.getRun(), "");
        sender.deliver(Topics.SEARCH_JOBS, job, Samples.job(job, request.getRun()), request.getRun(), "");
    }
}
