package io.dartboard.pipeline.health;

import io.dartboard.pipeline.config.KafkaSettings;
import io.dartboard.pipeline.connect.KafkaClients;
import io.dartboard.pipeline.connect.KafkaTrouble;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Asks the brokers whether they are there. After each refusal it looks anew at who answers. */
public final class KafkaProbe implements Runnable, AutoCloseable {
    private static final Duration WITHIN = Duration.ofSeconds(5);

    private final KafkaSettings kafka;
    private @Nullable Admin admin;
    private boolean closed;

    public KafkaProbe(KafkaSettings kafka) {
        this.kafka = kafka;
    }

    /**
     * Returns if they are.
     *
     * @throws KafkaException if not; one line with what is wrong
     */
    @Override
    public synchronized void run() {
        if (closed) {
            return;
        }
        try {
            if (admin == null) {
                admin = KafkaClients.admin(kafka, "dartboard-probe", WITHIN);
            }
            admin.describeCluster().nodes().get(WITHIN.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            forget();
            throw new KafkaException(
                    "Kafka at %s cannot be reached: %s".formatted(kafka.bootstrapServers(), KafkaTrouble.of(kafka, e)),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException(e);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        forget();
    }

    private void forget() {
        if (admin != null) {
            admin.close(Duration.ZERO);
            admin = null;
        }
    }
}
