package io.dartboard.pipeline.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.spi.HealthCheckResponseProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HealthBoardTest {
    private final HealthBoard board = new HealthBoard();

    @BeforeAll
    static void provideResponses() {
        HealthCheckResponse.setResponseProvider(new PlainResponses());
    }

    @Test
    void shouldStayLiveWhileKafkaIsAway() {
        board.ready("kafka", () -> Optional.of("Kafka at k:9092 cannot be reached"));

        assertThat(board.liveness().getStatus()).isEqualTo(Status.UP);
        assertThat(board.readiness().getStatus()).isEqualTo(Status.DOWN);
        assertThat(board.readiness().getData().orElseThrow())
                .containsEntry("kafka", "Kafka at k:9092 cannot be reached");
    }

    @Test
    void shouldNotBeReadyBeforeItsSelfTestHasPassed() {
        var passed = new AtomicBoolean();
        board.started("self-test", () -> passed.get() ? Optional.empty() : Optional.of("running"));
        board.ready("kafka", Optional::empty);
        assertThat(board.readiness().getStatus()).isEqualTo(Status.DOWN);
        assertThat(board.startup().getStatus()).isEqualTo(Status.DOWN);

        passed.set(true);

        assertThat(board.readiness().getStatus()).isEqualTo(Status.UP);
        assertThat(board.startup().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void shouldNotBeLiveWhenTheTrainingThreadHangs() {
        board.live("training", () -> Optional.of("no life for 16 minutes"));

        assertThat(board.liveness().getStatus()).isEqualTo(Status.DOWN);
    }

    @Test
    void shouldTakeAProbeThatThrowsForTrouble() {
        board.ready("store", () -> {
            throw new IllegalStateException("broken");
        });

        assertThat(board.readiness().getData().orElseThrow()).containsEntry("store", "broken");
    }

    @Test
    void shouldSeeTroubleComeAndGo() {
        var away = new AtomicBoolean(true);
        try (var watch = new Watch("it", Duration.ofMillis(20), () -> {
            if (away.get()) {
                throw new IllegalStateException("it is away");
            }
        })) {
            await().until(() -> watch.get().equals(Optional.of("it is away")));
            away.set(false);
            await().until(() -> watch.get().isEmpty());
        }
    }

    @Test
    void shouldNotTakeItsOwnEndForTrouble() throws Exception {
        var asked = new CompletableFuture<Thread>();
        var watch = new Watch("it", Duration.ofMillis(20), () -> {
            asked.complete(Thread.currentThread());
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        var asking = asked.get();

        watch.close();
        asking.join();

        assertThat(watch.get()).contains("it has not been asked yet");
    }

    /** Stands in for the health extension of a service. */
    private static final class PlainResponses implements HealthCheckResponseProvider {
        @Override
        public HealthCheckResponseBuilder createResponseBuilder() {
            return new PlainResponse();
        }
    }

    private static final class PlainResponse extends HealthCheckResponseBuilder {
        private final java.util.Map<String, Object> values = new java.util.HashMap<>();
        private String name = "";
        private boolean up = true;

        @Override
        public HealthCheckResponseBuilder name(String name) {
            this.name = name;
            return this;
        }

        @Override
        public HealthCheckResponseBuilder withData(String key, String value) {
            values.put(key, value);
            return this;
        }

        @Override
        public HealthCheckResponseBuilder withData(String key, long value) {
            values.put(key, value);
            return this;
        }

        @Override
        public HealthCheckResponseBuilder withData(String key, boolean value) {
            values.put(key, value);
            return this;
        }

        @Override
        public HealthCheckResponseBuilder up() {
            return status(true);
        }

        @Override
        public HealthCheckResponseBuilder down() {
            return status(false);
        }

        @Override
        public HealthCheckResponseBuilder status(boolean up) {
            this.up = up;
            return this;
        }

        @Override
        public HealthCheckResponse build() {
            return new HealthCheckResponse(name, up ? Status.UP : Status.DOWN, Optional.of(values));
        }
    }
}
