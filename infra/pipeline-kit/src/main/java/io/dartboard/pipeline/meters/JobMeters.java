package io.dartboard.pipeline.meters;

import io.dartboard.pipeline.config.ServiceIdentity;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
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
        counter(NasMeters.DEAD_LETTERS, Tags.of("topic", topic));
        for (var stage : stages) {
            var ofStage = Tags.of("stage", stage);
            for (var meter : List.of(
                    NasMeters.JOBS_STARTED, NasMeters.JOBS_UNOFFERED, NasMeters.LOST_STEPS, NasMeters.CORRUPT_IMAGES)) {
                counter(meter, ofStage);
            }
            for (var meter : List.of(NasMeters.JOB_QUEUE_WAIT, NasMeters.LOADER_WAIT, NasMeters.CHECKPOINT_PAUSE)) {
                timer(meter, ofStage);
            }
            ENDS.forEach((outcome, reasons) -> {
                timer(NasMeters.JOB_DURATION, ofStage.and("outcome", outcome));
                reasons.forEach(
                        reason -> counter(NasMeters.JOBS_FINISHED, ofStage.and("outcome", outcome, "reason", reason)));
            });
            devices.forEach(device -> counter(NasMeters.DEVICE_SECONDS, ofStage.and("device", device)));
        }
    }

    /** A job has been claimed for the first time. */
    public void waited(String stage, Duration inQueue) {
        timer(NasMeters.JOB_QUEUE_WAIT, Tags.of("stage", stage)).record(inQueue);
    }

    /** A job was taken from its topic, because the share group did not offer it. */
    public void unoffered(String stage) {
        counter(NasMeters.JOBS_UNOFFERED, Tags.of("stage", stage)).increment();
    }

    /** A job has begun. */
    public void started(String stage) {
        counter(NasMeters.JOBS_STARTED, Tags.of("stage", stage)).increment();
    }

    /**
     * A worker has let go of a job.
     *
     * @param outcome succeeded, repeated, stopped, failed, refused or lost
     * @param reason one word from a small set; none where there is nothing to say
     */
    public void finished(String stage, String outcome, String reason, Duration took, String device) {
        counter(NasMeters.JOBS_FINISHED, Tags.of("stage", stage, "outcome", outcome, "reason", reason))
                .increment();
        timer(NasMeters.JOB_DURATION, Tags.of("stage", stage, "outcome", outcome))
                .record(took);
        counter(NasMeters.DEVICE_SECONDS, Tags.of("stage", stage, "device", device))
                .increment(took.toNanos() / 1e9);
    }

    /** Steps that are done again because they came after the checkpoint that a job went on from. */
    public void lostSteps(String stage, long steps) {
        counter(NasMeters.LOST_STEPS, Tags.of("stage", stage)).increment(steps);
    }

    /** Training has stood still for a checkpoint. */
    public void pausedForCheckpoint(String stage, Duration took) {
        timer(NasMeters.CHECKPOINT_PAUSE, Tags.of("stage", stage)).record(took);
    }

    /** A record was refused. */
    public void deadLettered(String topic) {
        counter(NasMeters.DEAD_LETTERS, Tags.of("topic", topic)).increment();
    }

    /** One step has been done. */
    public void step(String phase, Duration took) {
        timer(NasMeters.STEP_DURATION, Tags.of("phase", phase)).record(took);
    }

    /** A step has waited for its images. */
    public void waitedForInput(String stage, Duration took) {
        timer(NasMeters.LOADER_WAIT, Tags.of("stage", stage)).record(took);
    }

    /** An image could not be read or decoded. */
    public void corruptImage(String stage) {
        counter(NasMeters.CORRUPT_IMAGES, Tags.of("stage", stage)).increment();
    }

    /** The gauges of a job that lives from now on. */
    public LiveGauges live(String stage, String run, String job) {
        return new LiveGauges(registry, Tags.of("stage", stage, "run", run, "job", job));
    }

    private Counter counter(NasMeters meter, Tags tags) {
        return Counter.builder(meter.id())
                .description(meter.description())
                .tags(tags)
                .register(registry);
    }

    private Timer timer(NasMeters meter, Tags tags) {
        return Timer.builder(meter.id())
                .description(meter.description())
                .tags(tags)
                .register(registry);
    }
}
