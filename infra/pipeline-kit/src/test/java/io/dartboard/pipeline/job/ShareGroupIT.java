package io.dartboard.pipeline.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.pipeline.config.ServiceIdentity;
import io.dartboard.pipeline.event.EventSender;
import io.dartboard.pipeline.event.TopicAdmin;
import io.dartboard.pipeline.testkit.EmbeddedBroker;
import io.dartboard.pipeline.testkit.Samples;
import io.dartboard.schemas.Topics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a worker's rest depends on: a consumer that is not polled holds no record, however many wait. */
class ShareGroupIT {
    private static final Duration LOCK = Duration.ofSeconds(60);
    private static final Duration SOON = Duration.ofSeconds(50);

    @TempDir
    Path folder;

    @Test
    void shouldHoldNoRecordThatWasNotPolled() throws Exception {
        try (var broker = new EmbeddedBroker(folder, Math.toIntExact(LOCK.toMillis()));
                var sender =
                        new EventSender(broker.settings(), new ServiceIdentity("test-svc", "1"), Clock.systemUTC())) {
            new TopicAdmin(broker.settings()).ensure(List.of(Topics.SEARCH_JOBS));
            ShareGroup.configure(broker.settings(), "workers");
            for (var number = 1; number <= 3; number++) {
                var job = Samples.job("s" + number, "r1");
                sender.deliver(Topics.SEARCH_JOBS, job.getJob(), job, "r1", "");
            }
            try (var busy = ShareGroup.consumer(broker.settings(), "workers", "busy");
                    var free = ShareGroup.consumer(broker.settings(), "workers", "free")) {
                busy.subscribe(List.of(Topics.SEARCH_JOBS.name()));
                var first = next(busy);
                busy.acknowledge(first, AcknowledgeType.ACCEPT);
                assertThat(busy.commitSync(SOON).values()).allMatch(failure -> failure.isEmpty());

                free.subscribe(List.of(Topics.SEARCH_JOBS.name()));
                for (var number = 2; number <= 3; number++) {
                    var record = next(free);
                    assertThat(record.offset()).isEqualTo(number - 1);
                    assertThat(record.deliveryCount()).contains((short) 1);
                    free.acknowledge(record, AcknowledgeType.ACCEPT);
                    free.commitSync(SOON);
                }
            }
        }
    }

    /**
     * In one poll, since two may fetch one record more than they give: where a poll begins while the answer to the fetch of the
     * poll before arrives, the client fetches once again.
     */
    private static ConsumerRecord<byte[], byte[]> next(ShareConsumer<byte[], byte[]> consumer) {
        var records = consumer.poll(SOON);
        assertThat(records).hasSize(1);
        return records.iterator().next();
    }
}
