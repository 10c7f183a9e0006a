package io.dartboard.pipeline.config;

import java.time.Duration;
import java.util.List;

/**
 * How jobs are taken and kept.
 *
 * @param devices where networks are trained: cpu, gpu0, …; each takes one job at a time
 * @param lease how long a job's lease lasts without being renewed; it is renewed three times as often
 * @param maxAttempts attempts in a row that may begin and get nowhere before a job is given up
 * @param retryBackoff pause before the second attempt; doubles with each further one
 * @param stallTimeout silence of the training thread after which it counts as hung
 * @param progressInterval least time between two progress events of a job
 * @param shutdownGrace time for a running job to write its checkpoint when told to stop
 */
public record JobSettings(
        List<String> devices,
        Duration lease,
        int maxAttempts,
        Duration retryBackoff,
        Duration stallTimeout,
        Duration progressInterval,
        Duration shutdownGrace) {
    public JobSettings {
        devices = List.copyOf(devices);
        if (devices.isEmpty()) {
            throw new IllegalArgumentException("dartboard.devices must name at least one device, as cpu");
        }
        for (var device : devices) {
            if (!device.matches("cpu|gpu\\d+")) {
                throw new IllegalArgumentException(
                        "dartboard.devices must be cpu or gpu with a number, as gpu0 (was '%s')".formatted(device));
            }
        }
        Check.positive("dartboard.job.lease", lease);
        Check.positive("dartboard.job.retry-backoff", retryBackoff);
        Check.positive("dartboard.job.stall-timeout", stallTimeout);
        Check.positive("dartboard.job.progress-interval", progressInterval);
        Check.positive("dartboard.job.shutdown-grace", shutdownGrace);
        if (maxAttempts < 1) {
            throw new IllegalArgumentException(
                    "dartboard.job.max-attempts must be at least 1 (was %d)".formatted(maxAttempts));
        }
        if (stallTimeout.compareTo(lease) <= 0) {
            throw new IllegalArgumentException(
                    "dartboard.job.stall-timeout must be longer than dartboard.job.lease (was %s, and %s)"
                            .formatted(stallTimeout, lease));
        }
    }

    /** Time between two renewals of a lease: two of them may fail before it lapses. */
    public Duration renewal() {
        return lease.dividedBy(3);
    }

    /**
     * How long a job that has begun may show no life before its planner asks for it again. By then its lease has lapsed: it was
     * renewed at the last sign of life at the latest, and a store tells times to a second, cut off at both ends.
     */
    public Duration patience() {
        return lease.plusSeconds(2);
    }

    /** From the shared configuration. */
    public static JobSettings of(PipelineConfig config) {
        var job = config.job();
        return new JobSettings(
                config.devices(),
                job.lease(),
                job.maxAttempts(),
                job.retryBackoff(),
                job.stallTimeout(),
                job.progressInterval(),
                job.shutdownGrace());
    }
}
