package io.dartboard.pipeline.job;

import io.dartboard.pipeline.config.KafkaSettings;
import io.dartboard.pipeline.connect.KafkaClients;
import io.dartboard.pipeline.connect.KafkaTrouble;
import io.dartboard.pipeline.connect.KafkaUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The settings of a share group and of its consumers. */
final class ShareGroup {
    private static final Logger LOG = LoggerFactory.getLogger(ShareGroup.class);
    private static final Duration WITHIN = Duration.ofSeconds(10);

    private ShareGroup() {}

    /**
     * Sets what a group of workers needs: jobs that were asked for before the first worker came are not missed, and those
     * of a planner's aborted transaction are never seen.
     *
     * @return false if the brokers are away
     * @throws KafkaUnavailable if nobody answers as a broker, or the broker refuses us; one line
     */
    static boolean configure(KafkaSettings kafka, String group) throws InterruptedException {
        var resource = new ConfigResource(ConfigResource.Type.GROUP, group);
        var wanted =
                List.of(set("share.auto.offset.reset", "earliest"), set("share.isolation.level", "read_committed"));
        try (var admin = KafkaClients.admin(kafka, group + "-settings", WITHIN)) {
            admin.incrementalAlterConfigs(Map.of(resource, wanted)).all().get();
            return true;
        } catch (ExecutionException e) {
            var cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof RetriableException) {
                return false;
            }
            if (cause instanceof AuthenticationException) {
                throw new KafkaUnavailable(KafkaTrouble.of(kafka, cause), cause);
            }
            LOG.warn(
                    "cannot configure share group {} ({}); have an administrator set share.auto.offset.reset=earliest and share.isolation.level=read_committed on it",
                    group,
                    KafkaTrouble.of(kafka, cause));
            return true;
        }
    }

    /** A consumer that takes one record at a time and says of each what becomes of it. */
    static KafkaShareConsumer<byte[], byte[]> consumer(KafkaSettings kafka, String group, String client) {
        return KafkaClients.shareConsumer(
                kafka,
                client,
                Map.of(
                        ConsumerConfig.GROUP_ID_CONFIG,
                        group,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        1,
                        ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG,
                        "record_limit",
                        ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG,
                        "explicit",
                        // A worker that has a job does not poll, for days.
                        ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG,
                        Integer.MAX_VALUE));
    }

    private static AlterConfigOp set(String name, String value) {
        return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
    }
}
