package io.dartboard.pipeline.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dartboard.events.SearchJob;
import io.dartboard.pipeline.artifact.S3ArtifactStore;
import io.dartboard.pipeline.event.EventReader;
import io.dartboard.pipeline.event.EventSender;
import io.dartboard.pipeline.event.SchemaBook;
import io.dartboard.pipeline.event.TopicAdmin;
import io.dartboard.pipeline.lease.Leases;
import io.dartboard.pipeline.testkit.EmbeddedBroker;
import io.dartboard.pipeline.testkit.EmbeddedS3;
import io.dartboard.pipeline.testkit.QuickWorkers;
import io.dartboard.pipeline.testkit.Samples;
import io.dartboard.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job that outlasts its lease and the broker's lock many times, on a real broker and a real S3 endpoint, beside a worker who
 * waits for work. {@code -Djob.length=PT1H -Djob.lease=PT30S} makes it an hour under the lease of the product.
 */
class LongJobIT {
    private static final Duration LENGTH = Duration.parse(System.getProperty("job.length", "PT8S"));
    private static final Duration LEASE = Duration.parse(System.getProperty("job.lease", "PT1.5S"));
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int LOCK_MS = 2_000;

    @TempDir
    Path folder;

    @Test
    void shouldHoldALongJobByRenewals() throws Exception {
        var registry = new SimpleMeterRegistry();
        var begun = new ConcurrentLinkedQueue<String>();
        try (var broker = new EmbeddedBroker(folder.resolve("kafka"), LOCK_MS);
                var s3 = new EmbeddedS3(folder.resolve("s3"));
                var store = new S3ArtifactStore(s3.settings());
                var sender = new EventSender(broker.settings(), QuickWorkers.IDENTITY, Clock.systemUTC());
                var control = new RunControl(broker.settings(), "test-svc", SchemaBook.AS_IT_IS)) {
            store.ensureBucket();
            new TopicAdmin(broker.settings()).ensure(Topics.ALL);
            control.start();
            var tools = new QuickWorkers(broker.settings(), sender, control, store, registry, folder).tools(LEASE);
            JobRunner<SearchJob> runner = (job, context) -> {
                begun.add(job.getJob() + "#" + context.attempt());
                var end = System.nanoTime() + (job.getJob().equals("long") ? LENGTH.toNanos() : 0);
                while (System.nanoTime() < end) {
                    assertThat(context.signal()).isEqualTo(Signal.NONE);
                    context.progress(5, 0.5, 1, new Throughput(1, 0), "half");
                    Thread.sleep(100);
                }
                return Outcome.done(Topics.ALPHAS, job.getJob(), Samples.fact(job, context.attempt()));
            };
            try (var first = new JobWorker<>(tools, QuickWorkers.searches(), runner, "cpu", 0);
                    var second = new JobWorker<>(tools, QuickWorkers.searches(), runner, "cpu", 1)) {
                first.start();
                second.start();
                sender.deliver(Topics.SEARCH_JOBS, "long", Samples.job("long", "r1"), "r1", "");
                await().atMost(SOON).until(() -> !begun.isEmpty());
                sender.deliver(Topics.SEARCH_JOBS, "short", Samples.job("short", "r2"), "r2", "");
                await().atMost(SOON).until(() -> store.exists("searches/short/result.json"));
                assertThat(store.exists("searches/long/result.json")).isFalse();

                await().pollInterval(Duration.ofMillis(200))
                        .atMost(LENGTH.plus(SOON))
                        .until(() -> store.exists("searches/long/result.json") && !first.busy() && !second.busy());
            }
            assertThat(begun).containsExactly("long#1", "short#1");
            assertThat(EventReader.readAll(broker.settings(), Topics.FAILURES, SOON))
                    .isEmpty();
            assertThat(new Leases(store, LEASE, 3, Clock.systemUTC()).look("long"))
                    .hasValueSatisfying(lease -> assertThat(lease.token()).isOne());
        }
    }
}
