package io.dartboard.pipeline.meters;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Timer;
import java.util.List;

/**
 * The names of all metrics, as Micrometer takes them; on the metrics page dots are underscores and counters end in {@code
 * _total}. Units are base units: seconds, bytes, ratios of 1. docs/operations/metrics.md is made of this.
 */
public enum NasMeters {
    JOBS_STARTED("nas.jobs.started", Type.COUNTER, "", "Jobs that a worker has begun", "stage"),
    JOBS_FINISHED(
            "nas.jobs.finished",
            Type.COUNTER,
            "",
            "Jobs that a worker has let go of, by how and why",
            "stage",
            "outcome",
            "reason"),
    JOBS_UNOFFERED(
            "nas.jobs.unoffered",
            Type.COUNTER,
            "",
            "Jobs that an idle worker took from their topic because its share group did not offer them",
            "stage"),
    JOBS_WAITING(
            "nas.jobs.waiting",
            Type.GAUGE,
            "",
            "Jobs that live runs want and no worker has begun; told by the planner that asks for them, absent where"
                    + " none looks",
            "topic"),
    JOBS_WAITING_OLDEST(
            "nas.jobs.waiting.oldest.seconds",
            Type.GAUGE,
            "seconds",
            "How long the job has waited that waits longest; 0 where none does",
            "topic"),
    JOB_DURATION("nas.job.duration", Type.TIMER, "seconds", "Time from claim to end of a job", "stage", "outcome"),
    JOB_QUEUE_WAIT(
            "nas.job.queue.wait",
            Type.TIMER,
            "seconds",
            "Time from request to claim of a job, first attempts only",
            "stage"),
    JOB_PROGRESS("nas.job.progress.ratio", Type.GAUGE, "ratio of 1", "How far a live job is", "stage", "run", "job"),
    JOB_ETA(
            "nas.job.eta.seconds",
            Type.GAUGE,
            "seconds",
            "Seconds until a live job ends at its present rate; absent where that is unknown",
            "stage",
            "run",
            "job"),
    JOB_LAST_STEP(
            "nas.job.last.step.timestamp.seconds",
            Type.GAUGE,
            "seconds since 1970",
            "Time of the last sign of life of a live job's training thread",
            "stage",
            "run",
            "job"),
    JOB_LEASE_RENEWED(
            "nas.job.lease.renewed.timestamp.seconds",
            Type.GAUGE,
            "seconds since 1970",
            "Time at which the lease of a live job was last renewed in the store",
            "stage",
            "run",
            "job"),
    JOB_ATTEMPTS(
            "nas.job.attempts.without.progress",
            Type.GAUGE,
            "",
            "Attempts at a live job that have begun since a checkpoint last went further, this one included",
            "stage",
            "run",
            "job"),
    JOB_IMAGES_PER_SECOND(
            "nas.job.images.per.second",
            Type.GAUGE,
            "images per second",
            "Images per second through a live job's training step; absent where it trains on text",
            "stage",
            "run",
            "job"),
    JOB_TOKENS_PER_SECOND(
            "nas.job.tokens.per.second",
            Type.GAUGE,
            "words per second",
            "Words per second through a live job's training step; absent where it trains on images",
            "stage",
            "run",
            "job"),
    STEP_DURATION(
            "nas.step.duration",
            Type.TIMER,
            "seconds",
            "Time of one step; phase is weights, alphas, train or valid",
            "phase"),
    LOADER_WAIT(
            "nas.loader.wait",
            Type.TIMER,
            "seconds",
            "Time that a training step has waited for its images; much of it means that more loaders would help",
            "stage"),
    CORRUPT_IMAGES(
            "nas.corrupt.images",
            Type.COUNTER,
            "",
            "Images that could not be read or decoded and were replaced by others, once for each attempt that met them",
            "stage"),
    TRAIN_LOSS(
            "nas.train.loss",
            Type.GAUGE,
            "nats",
            "Mean training loss of the last epoch of a live job",
            "stage",
            "run",
            "job"),
    VALID_LOSS(
            "nas.valid.loss",
            Type.GAUGE,
            "nats",
            "Validation loss of a live job after its last epoch",
            "stage",
            "run",
            "job"),
    ALPHA_GRAD_NORM(
            "nas.alpha.grad.norm",
            Type.GAUGE,
            "",
            "L2 norm of the alpha gradient of a live search, mean over its last epoch that moved the alphas; none before the first",
            "stage",
            "run",
            "job",
            "cell"),
    ALPHA_ENTROPY(
            "nas.alpha.entropy",
            Type.GAUGE,
            "nats",
            "Mean entropy of the mixed operations of a live search",
            "stage",
            "run",
            "job",
            "cell"),
    PARAMETER_FREE_OPS(
            "nas.parameter.free.ops",
            Type.GAUGE,
            "",
            "Edges of a live search whose strongest operation has no parameters",
            "stage",
            "run",
            "job",
            "cell"),
    SKIP_MASS(
            "nas.skip.mass.ratio",
            Type.GAUGE,
            "ratio of 1",
            "Mixing weight of the skip connection in a live search, mean over edges",
            "stage",
            "run",
            "job",
            "cell"),
    NORMAL_SKIPS(
            "nas.normal.skips",
            Type.GAUGE,
            "",
            "Skip connections in the normal cell of a live search as it would be derived now",
            "stage",
            "run",
            "job"),
    FROZEN_OPERATIONS(
            "nas.frozen.operations",
            Type.GAUGE,
            "",
            "Candidate operations that a live search trains no further, where its method freezes any",
            "stage",
            "run",
            "job"),
    DISCRETIZATION_GAP(
            "nas.discretization.gap.ratio",
            Type.GAUGE,
            "ratio of 1",
            "Accuracy that the supernet of a live search loses when it is cut down to the derived cell",
            "stage",
            "run",
            "job"),
    HESSIAN_EIGENVALUE(
            "nas.hessian.eigenvalue.max",
            Type.GAUGE,
            "",
            "Largest eigenvalue of the validation loss's Hessian in alpha",
            "stage",
            "run",
            "job"),
    CHECKPOINT_DURATION(
            "nas.checkpoint.duration",
            Type.TIMER,
            "seconds",
            "Time from the state on disk to the manifest in the store; training goes on meanwhile"),
    CHECKPOINT_BYTES("nas.checkpoint.bytes", Type.SUMMARY, "bytes", "Size of a checkpoint's state"),
    CHECKPOINT_LAST_SUCCESS(
            "nas.checkpoint.last.success.timestamp.seconds",
            Type.GAUGE,
            "seconds since 1970",
            "Time of the last stored checkpoint; 0 for none yet"),
    CHECKPOINT_FAILURES("nas.checkpoint.failures", Type.COUNTER, "", "Checkpoints that were not stored"),
    CHECKPOINT_PAUSE(
            "nas.checkpoint.pause",
            Type.TIMER,
            "seconds",
            "Time that training has stood still for the state to be copied and laid on the disk",
            "stage"),
    LOST_STEPS(
            "nas.checkpoint.lost.steps",
            Type.COUNTER,
            "",
            "Steps done again after a restart, as far as the attempt before had told of them; cause is how that one ended:"
                    + " crash (its process died, or hung until its lease had lapsed), failure or handover",
            "stage",
            "cause"),
    EVENTS_CONSUMED(
            "nas.events.consumed",
            Type.COUNTER,
            "",
            "Events that the planner has read: taken, duplicate (read before, not long ago), ignored (of no concern to"
                    + " this service), passed-over (of a kind that only a newer version has) or dead-lettered",
            "topic",
            "outcome"),
    DEAD_LETTERS("nas.dead.letters", Type.COUNTER, "", "Records refused, by the topic they stood on", "topic"),
    EVENT_AGE("nas.event.age", Type.TIMER, "seconds", "Time from an event's own time to its being taken", "topic"),
    DEVICE_SECONDS(
            "nas.gpu.seconds",
            Type.COUNTER,
            "seconds",
            "Seconds that attempts at jobs have held the device, interrupted ones included",
            "stage",
            "device"),
    TRIGGERS(
            "nas.triggers",
            Type.COUNTER,
            "",
            "What had a dataset published, or tried to, by how it came (rest, event, notification, listing) and what came of it:"
                    + " published, known (the same content was published before) or refused; and what orders decided since their"
                    + " schedule had it due (schedule): measure, search, keep or pass",
            "source",
            "outcome"),
    NOTIFICATIONS(
            "nas.notifications",
            Type.COUNTER,
            "",
            "Bucket notifications, by their way (topic, webhook) and what became of them: watched or unwatched by any order,"
                    + " or malformed",
            "way",
            "outcome"),
    VERDICTS("nas.verdicts", Type.COUNTER, "", "Verdicts on runs' cells, by what they are", "verdict"),
    RUNS_FINISHED("nas.runs.finished", Type.COUNTER, "", "Runs that have ended, by how", "outcome"),
    HANDOVERS(
            "nas.handovers",
            Type.COUNTER,
            "",
            "Promotions that were handed over: delivered, or refused and made a dead letter",
            "outcome"),
    EVIDENCE_PACKS(
            "nas.evidence.packs",
            Type.COUNTER,
            "",
            "Evidence packs of promotions: written, or refused and made a dead letter",
            "outcome"),
    REGISTRATIONS(
            "nas.registrations",
            Type.COUNTER,
            "",
            "Promotions that were registered with MLflow, or refused there and made a dead letter",
            "outcome"),
    STEERINGS(
            "nas.steerings",
            Type.COUNTER,
            "",
            "Words of the guard on searches, by the worst that it found and what becomes of the search",
            "alarm",
            "action"),
    DECISIONS(
            "nas.decisions",
            Type.COUNTER,
            "",
            "Decisions of standing orders about versions, by what they are",
            "action"),
    DECISION_DEVICE_SECONDS(
            "nas.decision.device.seconds",
            Type.COUNTER,
            "seconds",
            "Device seconds of standing orders: spent to decide about versions, and saved by keeping a champion",
            "kind"),
    RUN_BUDGET(
            "nas.run.budget",
            Type.GAUGE,
            "",
            "What a run that has not ended may cost, by unit: deviceSeconds, wallClockSeconds, epochs or money; absent where it"
                    + " has no limit",
            "run",
            "unit"),
    RUN_BUDGET_LEFT(
            "nas.run.budget.left",
            Type.GAUGE,
            "",
            "What is left of that; the run is paused once nothing is",
            "run",
            "unit"),
    ORDER_BUDGET(
            "nas.order.budget.seconds",
            Type.GAUGE,
            "seconds",
            "Device seconds that an active standing order may spend in a month; absent where it has no limit",
            "order"),
    ORDER_BUDGET_LEFT(
            "nas.order.budget.left.seconds",
            Type.GAUGE,
            "seconds",
            "Device seconds of this month that an active standing order has left; absent where it has no limit",
            "order"),
    ORDER_UNDECIDED(
            "nas.order.versions.undecided",
            Type.GAUGE,
            "",
            "Versions that an active standing order is due to decide about and has not",
            "order"),
    ORDER_DUE(
            "nas.order.version.due.seconds",
            Type.GAUGE,
            "seconds",
            "How long the version has been due that has waited longest for an active standing order's decision; 0 if none waits",
            "order"),
    CHAMPION_PROMOTED(
            "nas.champion.promoted.timestamp.seconds",
            Type.GAUGE,
            "seconds since 1970",
            "When the champion of a dataset was promoted; absent where it has none",
            "dataset"),
    REUSED_DEVICE_SECONDS(
            "nas.reused.device.seconds",
            Type.COUNTER,
            "seconds",
            "Device seconds of retrainings that were not done, for those of isomorphic cells stand for them",
            "stage"),
    RACING_DEVICE_SECONDS(
            "nas.racing.device.seconds.saved",
            Type.COUNTER,
            "seconds",
            "Device seconds that brief retrainings would have gone on for which were stopped, for their cells could no longer be the"
                    + " best"),
    RACING_STOPS(
            "nas.racing.stops",
            Type.COUNTER,
            "",
            "Brief retrainings that were stopped, for their cells could no longer be the best"),
    READY(
            "nas.ready",
            Type.GAUGE,
            "",
            "1 while a part of the service is well, 0 while it has trouble; the health page says which",
            "check"),
    BUILD_INFO("nas.build.info", Type.GAUGE, "", "What is running; always 1", "service", "version");

    private final String id;
    private final Type type;
    private final String unit;
    private final String description;
    private final List<String> labels;

    NasMeters(String id, Type type, String unit, String description, String... labels) {
        this.id = id;
        this.type = type;
        this.unit = unit;
        this.description = description;
        this.labels = List.of(labels);
    }

    /** What a metric can be. */
    public enum Type {
        COUNTER,
        GAUGE,
        /** A count, a sum in seconds and the largest of late. */
        TIMER,
        /** A count, a sum and the largest of late. */
        SUMMARY
    }

    /** Name as Micrometer takes it. */
    public String id() {
        return id;
    }

    /** What it is. */
    public Type type() {
        return type;
    }

    /** In what it is measured; empty for a plain number. */
    public String unit() {
        return unit;
    }

    /** One line for the metrics page. */
    public String description() {
        return description;
    }

    /** The names of its labels. */
    public List<String> labels() {
        return labels;
    }

    /**
     * The counter with these labels, made where there is none yet.
     *
     * @param labels names and values in turn
     */
    public Counter counter(MeterRegistry registry, String... labels) {
        return Counter.builder(id).description(description).tags(labels).register(registry);
    }

    /**
     * The timer with these labels, made where there is none yet.
     *
     * @param labels names and values in turn
     */
    public Timer timer(MeterRegistry registry, String... labels) {
        return Timer.builder(id).description(description).tags(labels).register(registry);
    }

    /** Gauges of this name that come and go together; none of them yet. */
    public MultiGauge gauges(MeterRegistry registry) {
        return MultiGauge.builder(id).description(description).register(registry);
    }

    /** The names of its series on the metrics page. */
    public List<String> series() {
        var name = id.replace('.', '_');
        return switch (type) {
            case COUNTER -> List.of(name + "_total");
            case GAUGE -> List.of(name);
            case TIMER -> List.of(name + "_seconds_count", name + "_seconds_sum", name + "_seconds_max");
            case SUMMARY -> List.of(name + "_count", name + "_sum", name + "_max");
        };
    }
}
