package io.dartboard.transfer.handover;

import io.dartboard.pipeline.config.PipelineConfig;
import io.dartboard.pipeline.event.GroupReader;
import io.dartboard.pipeline.meters.NasMeters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Hands each promoted cell over: posts it to the address that is configured. One that is not taken becomes a dead letter, from
 * where {@code infra/run dlq} has it tried again.
 */
public final class Handover implements GroupReader.Sink {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    /** More of them, each as long as it may take, would be longer than a broker waits for a consumer. */
    private static final int MOST_TRIES = 8;

    private final SignedPost post;
    private final Counter delivered;
    private final Counter refused;

    Handover(SignedPost post, MeterRegistry registry) {
        this.post = post;
        this.delivered = counter(registry, "delivered");
        this.refused = counter(registry, "refused");
    }

    private static Counter counter(MeterRegistry registry, String outcome) {
        return NasMeters.HANDOVERS.counter(registry, "outcome", outcome);
    }

    /**
     * As configured; empty where nobody is to be told.
     *
     * @throws IllegalArgumentException if the configuration makes no sense, with one line
     */
    public static Optional<Handover> of(PipelineConfig.Handover config, Clock clock, MeterRegistry registry) {
        if (config.tries() < 1 || config.tries() > MOST_TRIES) {
            throw new IllegalArgumentException("dartboard.handover.tries must lie between 1 and %d (was %d)"
                    .formatted(MOST_TRIES, config.tries()));
        }
        return config.url()
                .map(String::strip)
                .map(url -> new Handover(
                        new SignedPost(
                                address(url),
                                config.secretFile().map(String::strip).map(Path::of),
                                config.tries(),
                                FIRST_PAUSE,
                                clock),
                        registry));
    }

    private static URI address(String url) {
        try {
            var address = URI.create(url);
            if (("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
                    && address.getHost() != null
                    && address.getUserInfo() == null) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new IllegalArgumentException(
                "dartboard.handover.url must be an address as https://deploy.example/hooks/nas, without a password in it");
    }

    @Override
    public void take(String key, Optional<byte[]> value) throws InterruptedException {
        if (value.isEmpty()) {
            return;
        }
        var message = HandoverEvents.of(key, value.get());
        if (message.isEmpty()) {
            return;
        }
        try {
            post.send(message.get().id(), message.get().text());
            delivered.increment();
        } catch (IllegalArgumentException e) {
            refused.increment();
            throw new IllegalArgumentException("the promotion was not handed over: " + e.getMessage(), e);
        }
    }
}
