package io.dartboard.pipeline.meters;

import io.dartboard.pipeline.config.ServiceIdentity;
import io.dartboard.pipeline.lease.LeaseState.Ending;
import io.dartboard.schemas.Word;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The life of jobs. */
public final class JobMeters {
    /** How a worker can let go of a job, and why. */
    private static final Map<String, List<String>> ENDS = Map.of(
            "succeeded", List.of("none", "finish"),
            "repeated", List.of("none"),
            "stopped", List.of("shutdown", "pause", "cancel", "finish", "machine"),
            "failed", List.of("memory", "error"),
            "refused", List.of("refused"),
            "lost", List.of("superseded"));

    private final MeterRegistry registry;

    public JobMeters(MeterRegistry registry, ServiceIdentity service) {
        this.registry = registry;
        Gauge.builder(NasMeters.BUILD_INFO.id(), () -> 1)
                .description(NasMeters.BUILD_INFO.description())
                .tag("service", service.name())
                .tag("version", service.version())
                .register(registry);
    }

    /**
     * Shows every count of a worker from its start, at 0: what is first seen at 1 has never risen, to an alert.
     *
     * @param stages whose jobs it does
     * @param topic where they are asked for
     * @param devices on which it does them
     */
    public void expect(List<String> stages, String topic, List<String> devices) {
        NasMeters.DEAD_LETTERS.counter(registry, "topic", topic);
        for (var stage : stages) {
            for (var meter : List.of(NasMeters.JOBS_STARTED, NasMeters.JOBS_UNOFFERED, NasMeters.CORRUPT_IMAGES)) {
                meter.counter(registry, "stage", stage);
            }
            for (var cause : Ending.values()) {
                NasMeters.LOST_STEPS.counter(registry, "stage", stage, "cause", Word.of(cause));
            }
            for (var meter : List.of(NasMeters.JOB_QUEUE_WAIT, NasMeters.LOADER_WAIT, NasMeters.CHECKPOINT_PAUSE)) {
                meter.timer(registry, "stage", stage);
            }
            ENDS.forEach((outcome, reasons) -> {
                NasMeters.JOB_DURATION.timer(registry, "stage", stage, "outcome", outcome);
                reasons.forEach(reason -> NasMeters.JOBS_FINISHED.counter(
                        registry, "stage", stage, "outcome", outcome, "reason", reason));
            });
            devices.forEach(device -> NasMeters.DEVICE_SECONDS.counter(registry, "stage", stage, "device", device));
        }
    }

    /** A job has been claimed for the first time. */
    public void waited(String stage, Duration inQueue) {
        NasMeters.JOB_QUEUE_WAIT.timer(registry, "stage", stage).record(inQueue);
    }

    /** A job was taken from its topic, because the share group did not offer it. */
    public void unoffered(String stage) {
        NasMeters.JOBS_UNOFFERED.counter(registry, "stage", stage).increment();
    }

    /** A job has begun. */
    public void started(String stage) {
        NasMeters.JOBS_STARTED.counter(registry, "stage", stage).increment();
    }

    /**
     * A worker has let go of a job.
     *
     * @param outcome succeeded, repeated, stopped, failed, refused or lost
     * @param reason one word from a small set; none where there is nothing to say
     */
    public void finished(String stage, String outcome, String reason, Duration took, String device) {
        NasMeters.JOBS_FINISHED
                .counter(registry, "stage", stage, "outcome", outcome, "reason", reason)
                .increment();
        NasMeters.JOB_DURATION
                .timer(registry, "stage", stage, "outcome", outcome)
                .record(took);
        NasMeters.DEVICE_SECONDS
                .counter(registry, "stage", stage, "device", device)
                .increment(took.toNanos() / 1e9);
    }

    /**
     * Steps that are done again because they came after the checkpoint that a job went on from.
     *
     * @param cause how the attempt that did them first came to its end
     */
    public void lostSteps(String stage, Ending cause, long steps) {
        NasMeters.LOST_STEPS
                .counter(registry, "stage", stage, "cause", Word.of(cause))
                .increment(steps);
    }

    /** Training has stood still for a checkpoint. */
    public void pausedForCheckpoint(String stage, Duration took) {
        NasMeters.CHECKPOINT_PAUSE.timer(registry, "stage", stage).record(took);
    }

    /** A record was refused. */
    public void deadLettered(String topic) {
        NasMeters.DEAD_LETTERS.counter(registry, "topic", topic).increment();
    }

    /** One step has been done. */
    public void step(String phase, Duration took) {
        NasMeters.STEP_DURATION.timer(registry, "phase", phase).record(took);
    }

    /** A step has waited for its images. */
    public void waitedForInput(String stage, Duration took) {
        NasMeters.LOADER_WAIT.timer(registry, "stage", stage).record(took);
    }

    /** An image could not be read or decoded. */
    public void corruptImage(String stage) {
        NasMeters.CORRUPT_IMAGES.counter(registry, "stage", stage).increment();
    }

    /** The gauges of a job that lives from now on. */
    public LiveGauges live(String stage, String run, String job) {
        return new LiveGauges(registry, Tags.of("stage", stage, "run", run, "job", job));
    }
}
