package io.dartboard.pipeline.meters;

/**
 * The names of all metrics, as Micrometer takes them; on the metrics page dots are underscores and counters end in {@code
 * _total}. Units are base units: seconds, bytes, ratios of 1.
 */
public enum NasMeters {
    /** Counter {stage}: jobs that a worker has begun. */
    JOBS_STARTED("nas.jobs.started", "Jobs begun"),
    /** Counter {stage, outcome, reason}: jobs that a worker has let go of. */
    JOBS_FINISHED("nas.jobs.finished", "Jobs let go of"),
    /** Counter {stage}: jobs that an idle worker took from their topic, because its share group did not offer them. */
    JOBS_UNOFFERED("nas.jobs.unoffered", "Jobs taken from the topic because the share group did not offer them"),
    /** Timer {stage, outcome}: from claim to end. */
    JOB_DURATION("nas.job.duration", "Time from claim to end of a job"),
    /** Timer {stage}: from request to claim, first attempts only. */
    JOB_QUEUE_WAIT("nas.job.queue.wait", "Time from request to claim of a job"),
    /** Gauge {stage, run, job}: 0 to 1. */
    JOB_PROGRESS("nas.job.progress.ratio", "How far a live job is"),
    /** Gauge {stage, run, job}: seconds until the end; negative where unknown. */
    JOB_ETA("nas.job.eta.seconds", "Seconds until a live job ends"),
    /** Gauge {stage, run, job}: Unix time of the training thread's last sign of life. */
    JOB_LAST_STEP("nas.job.last.step.timestamp.seconds", "Unix time of a live job's last step"),
    /** Gauge {stage, run, job}: images per second through the training step. */
    JOB_IMAGES_PER_SECOND("nas.job.images.per.second", "Images per second through a live job's training step"),
    /** Gauge {stage, run, job}: words per second through the training step. */
    JOB_TOKENS_PER_SECOND("nas.job.tokens.per.second", "Words per second through a live job's training step"),
    /** Timer {phase}: one step; phase is weights, alphas, train or valid. */
    STEP_DURATION("nas.step.duration", "Time of one step"),
    /** Timer {stage}: time that a step has waited for its images; much of it means that more loaders would help. */
    LOADER_WAIT("nas.loader.wait", "Time that a training step has waited for its images"),
    /** Counter {stage}: images that could not be read or decoded, each once for each attempt at a job that met it. */
    CORRUPT_IMAGES("nas.corrupt.images", "Images that could not be read or decoded and were replaced by others"),
    /** Gauge {run, job}: mean training loss of the last epoch, in nats. */
    TRAIN_LOSS("nas.train.loss", "Mean training loss of the last epoch, in nats"),
    /** Gauge {run, job}: validation loss after the last epoch, in nats. */
    VALID_LOSS("nas.valid.loss", "Validation loss after the last epoch, in nats"),
    /** Gauge {run, job, cell}: L2 norm of the alpha gradient, mean over the last epoch. */
    ALPHA_GRAD_NORM("nas.alpha.grad.norm", "L2 norm of the alpha gradient"),
    /** Gauge {run, job, cell}: mean entropy of the edges' operation distributions, in nats. */
    ALPHA_ENTROPY("nas.alpha.entropy", "Mean entropy of the mixed operations, in nats"),
    /** Gauge {run, job, cell}: edges whose strongest operation has no parameters. */
    PARAMETER_FREE_OPS("nas.parameter.free.ops", "Edges whose strongest operation has no parameters"),
    /** Gauge {run, job, cell}: mixing weight of the skip connection, mean over edges; 0 to 1. */
    SKIP_MASS("nas.skip.mass.ratio", "Mixing weight of the skip connection, mean over edges"),
    /** Gauge {run, job}: skip connections in the normal cell as it would be derived now. */
    NORMAL_SKIPS("nas.normal.skips", "Skip connections in the derived normal cell"),
    /** Gauge {run, job}: accuracy that the supernet loses when it is cut down to the derived cell; a share of 1. */
    DISCRETIZATION_GAP("nas.discretization.gap.ratio", "Accuracy that the supernet loses by discretisation"),
    /** Gauge {run, job}: largest eigenvalue of the Hessian of the validation loss in alpha. */
    HESSIAN_EIGENVALUE("nas.hessian.eigenvalue.max", "Largest eigenvalue of the validation loss's Hessian in alpha"),
    /** Timer: from the state on disk to the manifest in the store; training goes on meanwhile. */
    CHECKPOINT_DURATION("nas.checkpoint.duration", "Time to store a checkpoint"),
    /** Summary: bytes of a checkpoint's state. */
    CHECKPOINT_BYTES("nas.checkpoint.bytes", "Size of a checkpoint's state"),
    /** Gauge: Unix time of the last stored checkpoint; 0 for none yet. */
    CHECKPOINT_LAST_SUCCESS("nas.checkpoint.last.success.timestamp.seconds", "Unix time of the last stored checkpoint"),
    /** Counter: checkpoints that were not stored. */
    CHECKPOINT_FAILURES("nas.checkpoint.failures", "Checkpoints that were not stored"),
    /** Timer {stage}: time that training has stood still for the state to be copied and laid on the disk. */
    CHECKPOINT_PAUSE("nas.checkpoint.pause", "Time that training has stood still for a checkpoint"),
    /** Counter {stage}: steps done again after a restart, as far as the attempt before had told of them. */
    LOST_STEPS("nas.checkpoint.lost.steps", "Steps done again after a restart"),
    /** Counter {topic, outcome}: outcome is taken, duplicate, passed-over or dead-lettered. */
    EVENTS_CONSUMED("nas.events.consumed", "Events read"),
    /** Counter {topic}: records refused. */
    DEAD_LETTERS("nas.dead.letters", "Records refused"),
    /** Timer {topic}: from an event's time to its being taken. */
    EVENT_AGE("nas.event.age", "Age of an event when it is taken"),
    /** Counter {stage, device}: seconds that a job has held the device. */
    DEVICE_SECONDS("nas.gpu.seconds", "Seconds that jobs have held the device"),
    /** Gauge {service, version}: always 1. */
    BUILD_INFO("nas.build.info", "What is running");

    private final String id;
    private final String description;

    NasMeters(String id, String description) {
        this.id = id;
        this.description = description;
    }

    /** Name as Micrometer takes it. */
    public String id() {
        return id;
    }

    /** One line for the metrics page. */
    public String description() {
        return description;
    }
}
