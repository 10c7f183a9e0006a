package io.dartboard.pipeline.meters;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** The gauges of one live job. They appear with their first value and go when the job ends. */
public final class LiveGauges implements AutoCloseable {
    private final MeterRegistry registry;
    private final Tags tags;
    private final Map<String, Held> held = new ConcurrentHashMap<>();

    LiveGauges(MeterRegistry registry, Tags tags) {
        this.registry = registry;
        this.tags = tags;
    }

    /** Sets a gauge. */
    public void set(NasMeters meter, double value) {
        put(meter, tags, value);
    }

    /** Sets a gauge of one cell type. */
    public void set(NasMeters meter, String cell, double value) {
        put(meter, tags.and("cell", cell), value);
    }

    /** Removes them all. */
    @Override
    public void close() {
        held.values().forEach(gauge -> registry.remove(gauge.id()));
        held.clear();
    }

    private void put(NasMeters meter, Tags labels, double value) {
        held.computeIfAbsent(meter.id() + labels, key -> {
                    var number = new AtomicReference<>(value);
                    var gauge = Gauge.builder(meter.id(), number, AtomicReference::get)
                            .description(meter.description())
                            .tags(labels)
                            .strongReference(true)
                            .register(registry);
                    return new Held(gauge.getId(), number);
                })
                .value()
                .set(value);
    }

    private record Held(Meter.Id id, AtomicReference<Double> value) {}
}
