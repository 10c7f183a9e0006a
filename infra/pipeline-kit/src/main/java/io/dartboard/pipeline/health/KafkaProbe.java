package io.dartboard.pipeline.health;

import io.dartboard.pipeline.config.KafkaSettings;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;

/** Asks the brokers whether they are there. */
public final class KafkaProbe implements Runnable, AutoCloseable {
    private static final int WITHIN_SECONDS = 5;

    private final KafkaSettings kafka;
    private final Admin admin;

    public KafkaProbe(KafkaSettings kafka) {
        this.kafka = kafka;
        this.admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka.bootstrapServers(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                WITHIN_SECONDS * 1000,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                WITHIN_SECONDS * 1000));
    }

    /**
     * Returns if they are.
     *
     * @throws KafkaException if not
     */
    @Override
    public void run() {
        try {
            admin.describeCluster().nodes().get(WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException(
                    "Kafka at %s cannot be reached; check dartboard.kafka.bootstrap-servers and that the broker is up"
                            .formatted(kafka.bootstrapServers()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException(e);
        }
    }

    @Override
    public void close() {
        admin.close(java.time.Duration.ZERO);
    }
}
