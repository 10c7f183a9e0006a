package io.dartboard.pipeline.meters;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Checkpoints stored and not stored. */
public final class CheckpointMeters {
    private final Timer duration;
    private final DistributionSummary bytes;
    private final Counter failures;
    private final AtomicLong lastSuccess = new AtomicLong();
    private final Clock clock;

    public CheckpointMeters(MeterRegistry registry, Clock clock) {
        this.clock = clock;
        this.duration = NasMeters.CHECKPOINT_DURATION.timer(registry);
        this.bytes = DistributionSummary.builder(NasMeters.CHECKPOINT_BYTES.id())
                .description(NasMeters.CHECKPOINT_BYTES.description())
                .baseUnit("bytes")
                .register(registry);
        this.failures = NasMeters.CHECKPOINT_FAILURES.counter(registry);
        Gauge.builder(NasMeters.CHECKPOINT_LAST_SUCCESS.id(), lastSuccess, AtomicLong::doubleValue)
                .description(NasMeters.CHECKPOINT_LAST_SUCCESS.description())
                .register(registry);
    }

    /** A checkpoint is in the store. */
    public void written(Duration took, long size) {
        duration.record(took);
        bytes.record(size);
        lastSuccess.set(clock.instant().getEpochSecond());
    }

    /** A checkpoint was not stored. */
    public void failed() {
        failures.increment();
    }
}
