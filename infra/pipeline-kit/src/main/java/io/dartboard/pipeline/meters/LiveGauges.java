package io.dartboard.pipeline.meters;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** The gauges of one live job. They appear with their first value and go when the job ends, for good. */
public final class LiveGauges implements AutoCloseable {
    private final MeterRegistry registry;
    private final Tags tags;
    private final Map<String, Held> held = new HashMap<>();
    private boolean closed;

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

    /** Takes a gauge away that has no value any more. */
    public synchronized void unset(NasMeters meter) {
        var gone = held.remove(meter.id() + tags);
        if (gone != null) {
            registry.remove(gone.id());
        }
    }

    /** Removes them all; what a thread still sets afterwards does not come back. */
    @Override
    public synchronized void close() {
        closed = true;
        held.values().forEach(gauge -> registry.remove(gauge.id()));
        held.clear();
    }

    private synchronized void put(NasMeters meter, Tags labels, double value) {
        if (closed) {
            return;
        }
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
