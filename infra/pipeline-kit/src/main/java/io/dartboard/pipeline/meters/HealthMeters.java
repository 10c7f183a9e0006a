package io.dartboard.pipeline.meters;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** What stands on the health pages, for alerts: a process that is not ready does not say so by being silent. */
public final class HealthMeters implements BiConsumer<String, Supplier<Optional<String>>> {
    private final MeterRegistry registry;

    public HealthMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void accept(String check, Supplier<Optional<String>> trouble) {
        Gauge.builder(NasMeters.READY.id(), trouble, asked -> asked.get().isEmpty() ? 1 : 0)
                .description(NasMeters.READY.description())
                .tag("check", check)
                .strongReference(true)
                .register(registry);
    }
}
