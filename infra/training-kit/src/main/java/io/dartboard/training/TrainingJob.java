package io.dartboard.training;

import io.dartboard.events.EpochJudged;
import io.dartboard.events.Measure;
import io.dartboard.pipeline.artifact.Checkpoint;
import io.dartboard.pipeline.artifact.CheckpointStore;
import io.dartboard.pipeline.artifact.WorkDirUnavailable;
import io.dartboard.pipeline.job.JobContext;
import io.dartboard.pipeline.job.Outcome;
import io.dartboard.pipeline.job.Signal;
import io.dartboard.pipeline.job.Throughput;
import io.dartboard.pipeline.meters.JobMeters;
import io.dartboard.pipeline.meters.NasMeters;
import io.dartboard.pipeline.score.Score;
import io.dartboard.schemas.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;

/**
 * One attempt at a job that trains. It goes on from the furthest checkpoint, answers after each step, and counts the time
 * that the job has held its device, which travels in the checkpoints so that a killed attempt's share up to its last
 * checkpoint is not forgotten.
 *
 * <p>Used from the training thread alone, except where a method says otherwise.
 */
public final class TrainingJob {
    private static final String DEVICE_SECONDS = "deviceSeconds";

    private final JobContext context;
    private final JobMeters meters;
    private final Clock clock;
    private final String phase;
    private final Measure measure;
    private final byte[] state;
    private final Map<String, String> facts;
    private final double secondsBefore;
    private final Instant begun;
    private Instant lastStep;
    private Instant lastCheckpoint;
    private Instant inputAwaited;
    private CompletableFuture<Void> saved = CompletableFuture.completedFuture(null);
    private long stepsHere;
    private String lastEpoch = "";
    private double secondsPerExample;
    private long furthest;
    private boolean endedEarly;

    private TrainingJob(
            JobContext context,
            JobMeters meters,
            Clock clock,
            String phase,
            Measure measure,
            long step,
            byte[] state,
            Map<String, String> facts) {
        this.context = context;
        this.meters = meters;
        this.clock = clock;
        this.phase = phase;
        this.measure = measure;
        this.furthest = step;
        this.state = state;
        this.facts = facts;
        this.secondsBefore = Double.parseDouble(facts.getOrDefault(DEVICE_SECONDS, "0"));
        this.begun = clock.instant();
        this.lastStep = begun;
        this.lastCheckpoint = begun;
        this.inputAwaited = begun;
    }

    /**
     * Begins an attempt; waits for the store.
     *
     * @param meters where steps are timed
     * @param clock the time
     * @param phase what a step does, for the step timer: train, or weights
     * @param measure by what an epoch is judged; it also says whether images or words are trained on
     */
    public static TrainingJob begin(JobContext context, JobMeters meters, Clock clock, String phase, Measure measure)
            throws InterruptedException {
        var furthest = context.checkpoints().restore();
        var step = furthest.map(restored -> restored.checkpoint().step()).orElse(0L);
        context.resumesAt(step);
        if (furthest.isEmpty()) {
            return new TrainingJob(context, meters, clock, phase, measure, step, new byte[0], Map.of());
        }
        try (CheckpointStore.Restored restored = furthest.get()) {
            return new TrainingJob(
                    context,
                    meters,
                    clock,
                    phase,
                    measure,
                    step,
                    Files.readAllBytes(restored.file()),
                    restored.checkpoint().facts());
        } catch (IOException e) {
            throw WorkDirUnavailable.reading(
                    furthest.get().file(),
                    "the checkpoint of " + context.identity().job(),
                    e);
        }
    }

    /** The training state to go on from, as it was given to {@link #save}; empty for a fresh start. */
    public Optional<byte[]> state() {
        return state.length == 0 ? Optional.empty() : Optional.of(state);
    }

    /** What was remembered beside the state; empty for a fresh start. */
    public Map<String, String> facts() {
        return facts;
    }

    /**
     * A step is done: tells how far the job is. Whether it was told to stop is asked with {@link #stopped}. For a training
     * that writes its checkpoints at the end of epochs itself; others use {@link #afterStepOrEpoch}.
     *
     * @param stepsDone steps done since the start of the training, this one included
     * @param steps steps of the training
     * @param epoch the step's epoch, from 0
     * @param epochs epochs of the training
     * @param examples images or words of this step
     * @return true if a checkpoint is due by the time since the last one
     */
    public boolean afterStep(long stepsDone, long steps, int epoch, int epochs, int examples) {
        var now = clock.instant();
        var took = Duration.between(lastStep, now);
        lastStep = now;
        meters.step(phase, took);
        stepsHere++;
        rate(took, examples);
        context.progress(
                stepsDone,
                (double) stepsDone / steps,
                (steps - stepsDone) * seconds(Duration.between(begun, now)) / stepsHere,
                Throughput.of(measure, secondsPerExample > 0 ? 1 / secondsPerExample : 0),
                "epoch %d/%d%s".formatted(epoch + 1, epochs, lastEpoch));
        var due = Duration.between(lastCheckpoint, now)
                        .compareTo(context.checkpoints().interval())
                >= 0;
        return due && !context.checkpoints().busy();
    }

    /**
     * As {@link #afterStep}, and a checkpoint is also due at the end of every so many epochs, as
     * configured.
     *
     * @param endsEpoch whether it was the last step of its epoch
     * @return true if a checkpoint is due
     */
    boolean afterStepOrEpoch(long stepsDone, long steps, int epoch, int epochs, boolean endsEpoch, int examples) {
        var byTime = afterStep(stepsDone, steps, epoch, epochs, examples);
        var byEpoch = endsEpoch && (epoch + 1) % context.checkpoints().epochs() == 0;
        return byTime || (byEpoch && !context.checkpoints().busy());
    }

    /**
     * An epoch is done and judged: sets the gauges of the losses, and the clock of the next step.
     *
     * @param epoch from 0
     * @param trainLoss mean training loss of the epoch, in nats
     * @param heldOutLoss mean loss on the held-out images, or text, after it, in nats
     * @param score top-1 error on them in percent, or perplexity
     */
    public void afterEpoch(int epoch, double trainLoss, double heldOutLoss, double score) {
        context.beat();
        lastStep = clock.instant();
        context.gauges().set(NasMeters.TRAIN_LOSS, trainLoss);
        context.gauges().set(NasMeters.VALID_LOSS, heldOutLoss);
        context.judged(new EpochJudged(epoch + 1, measure, score));
        lastEpoch = String.format(
                Locale.ROOT, ", train loss %.3f, %s", trainLoss, new Score(measure, score).inOneDecimal());
    }

    /** True if the job was told to stop. */
    public boolean stopped() {
        return context.signal().stops();
    }

    /** True unless the job was told to stop and to write nothing. */
    public boolean saves() {
        var signal = context.signal();
        return !signal.stops() || signal.wantsCheckpoint();
    }

    /** True if it shall make the best of what it has. */
    public boolean finishes() {
        return context.signal() == Signal.FINISH;
    }

    /** It ends before its last epoch, and what comes of it is no result of the job. */
    void endsEarly() {
        endedEarly = true;
    }

    /**
     * What the job has come to, as its result or as one that was finished early.
     *
     * @param fact of both
     */
    public <V extends SpecificRecord> Outcome outcome(Topic<V> topic, String key, V fact) {
        return endedEarly ? Outcome.early(topic, key, fact) : Outcome.done(topic, key, fact);
    }

    /** True if it was told to finish before its last epoch, and did. */
    public boolean endedEarly() {
        return endedEarly;
    }

    /**
     * Writes a checkpoint with nothing to remember beside the state, unless none shall be written any more. A training that
     * has gone back to an earlier state is written again once it is further than it was: what stands at a step leads to the
     * same way back, and must not be overwritten by another state at that step.
     *
     * @param epoch epochs done
     * @param step steps done, all epochs
     * @param bytes makes the state
     */
    void keep(int epoch, long step, Supplier<byte[]> bytes) {
        if (saves() && step > furthest) {
            furthest = step;
            var unused = save(epoch, step, false, Map.of(), bytes.get());
        }
    }

    /**
     * Writes a checkpoint.
     *
     * @param epoch epochs done
     * @param step steps done, all epochs
     * @param last true for the job's final state
     * @param remembered what to remember beside the state
     * @param bytes the state
     * @return completes when it is in the store
     */
    public CompletableFuture<Checkpoint> save(
            int epoch, long step, boolean last, Map<String, String> remembered, byte[] bytes) {
        lastCheckpoint = clock.instant();
        var all = new HashMap<>(remembered);
        all.put(DEVICE_SECONDS, Double.toString(deviceSeconds()));
        var written = context.checkpoints().write(epoch, step, last, all, bytes);
        if (!stopped()) {
            goesOn();
        }
        saved = CompletableFuture.allOf(saved, written);
        return written;
    }

    /**
     * Returns once all checkpoints are stored, if they shall be: what is left to do when the training has stopped.
     *
     * @throws java.util.concurrent.CancellationException if the job is cancelled or lost meanwhile; let it pass
     * @throws java.util.concurrent.CompletionException if one could not be stored; let it pass
     */
    void awaitSaved() throws InterruptedException {
        if (saves()) {
            context.await(saved);
        }
    }

    /** The training has stood still since the end of the last step or epoch; the time is none of the next step's. */
    private void goesOn() {
        var now = clock.instant();
        meters.pausedForCheckpoint(context.identity().stage(), Duration.between(lastStep, now));
        lastStep = now;
    }

    /** The step has to wait for its images from now on; a text is there at once. */
    public void awaitsInput() {
        inputAwaited = clock.instant();
    }

    /** The images are there. */
    public void hasInput() {
        meters.waitedForInput(context.identity().stage(), Duration.between(inputAwaited, clock.instant()));
    }

    /** Seconds that this job has held a device, all attempts, as far as their checkpoints tell. */
    public double deviceSeconds() {
        return secondsBefore + seconds(Duration.between(begun, clock.instant()));
    }

    /** A moving mean over about the last ten steps. */
    private void rate(Duration took, int examples) {
        var now = seconds(took) / examples;
        secondsPerExample = secondsPerExample == 0 ? now : 0.9 * secondsPerExample + 0.1 * now;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
