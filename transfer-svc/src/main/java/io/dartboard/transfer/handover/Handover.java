package io.dartboard.transfer.handover;

import io.dartboard.pipeline.config.PipelineConfig;
import io.dartboard.pipeline.event.GroupReader;
import io.dartboard.pipeline.meters.NasMeters;
import io.dartboard.transfer.delivery.Courier;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * Hands each promoted cell over: posts it to the address that is configured. One that is not taken becomes a dead letter, from
 * where {@code infra/run dlq} has it tried again.
 */
public final class Handover implements GroupReader.Sink {
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
        var courier = Courier.of("dartboard.handover.tries", config.tries());
        return config.url()
                .map(String::strip)
                .map(url -> new Handover(
                        new SignedPost(
                                Courier.address("dartboard.handover.url", url),
                                config.secretFile().map(String::strip).map(Path::of),
                                courier,
                                clock),
                        registry));
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
