package io.dartboard.search;

import io.dartboard.events.AlphaCheckpointed;
import io.dartboard.events.SearchJob;
import io.dartboard.nas.loop.Directive;
import io.dartboard.nas.loop.LoopObserver;
import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.loop.StepReport;
import io.dartboard.pipeline.artifact.Checkpoint;
import io.dartboard.pipeline.job.JobContext;
import io.dartboard.pipeline.job.Outcome;
import io.dartboard.schemas.Topics;
import io.dartboard.training.TrainingJob;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a search, whatever its space: steers it by the job's signals, stores its checkpoints, and tells of each
 * epoch once its checkpoint is there. What is to be told travels in the checkpoint's manifest, so that whoever goes on from
 * it can tell it. Each space has a subclass that owns its loop and says what an epoch of it has shown.
 */
abstract class SearchAttempt implements LoopObserver, AutoCloseable {
    private final SearchJob job;
    private final JobContext context;
    private final TrainingJob training;
    private final int epochs;
    /** An epoch whose checkpoint is still to be written. */
    private @Nullable AlphaCheckpointed untold;

    private CompletableFuture<Void> written = CompletableFuture.completedFuture(null);
    private CompletableFuture<AlphaCheckpointed> last = new CompletableFuture<>();

    SearchAttempt(SearchJob job, JobContext context, TrainingJob training) {
        this.job = job;
        this.context = context;
        this.training = training;
        this.epochs = job.getSettings().getEpochs();
    }

    /**
     * Searches on; false if it was told to stop.
     *
     * @throws io.dartboard.pipeline.job.JobRefused if the loss stops being a number
     */
    abstract boolean search();

    @Override
    public abstract void close();

    /**
     * Searches to the end, or until it is told to stop.
     *
     * @throws io.dartboard.pipeline.job.JobRefused if the loss stops being a number
     * @throws java.util.concurrent.CancellationException if the job is cancelled or lost meanwhile
     */
    final Outcome run() throws InterruptedException {
        return search() ? Outcome.done(Topics.ALPHAS, job.getJob(), result()) : stopped();
    }

    @Override
    public final void awaitsBatch() {
        training.awaitsInput();
    }

    @Override
    public final void hasBatch() {
        training.hasInput();
    }

    @Override
    public final Directive afterStep(StepReport report) {
        var due = training.afterStep(
                report.stepsDone(), report.steps(), report.epoch(), report.epochs(), report.images());
        if (training.stopped()) {
            return Directive.STOP;
        }
        return due ? Directive.CHECKPOINT : Directive.CONTINUE;
    }

    @Override
    public final boolean wantsStop() {
        return training.stopped();
    }

    /**
     * An epoch is done and judged: what is seen of it is told once its checkpoint is stored.
     *
     * @param seen its losses, alphas and indicators
     * @param epochsDone this one included
     * @param stepsDone steps of all epochs until its end
     * @param score error in percent, or perplexity
     */
    final Directive afterEpoch(AlphaCheckpointed.Builder seen, int epochsDone, long stepsDone, double score) {
        training.afterEpoch(seen.getTrainLoss(), seen.getValidLoss(), score);
        untold = SearchEvents.checkpointed(job, seen, epochsDone, stepsDone)
                .setAttempt(context.attempt())
                .setDeviceSeconds(training.deviceSeconds())
                .setDevice(context.device())
                .build();
        // A search whose last epoch is done is done, unless its result must not be written any more.
        return training.stopped() && (epochsDone < epochs || !training.saves()) ? Directive.STOP : Directive.CHECKPOINT;
    }

    @Override
    public final void onSnapshot(Snapshot snapshot) {
        var fact = untold;
        untold = null;
        if (!training.saves()) {
            return;
        }
        if (fact == null) {
            var saved = training.save(snapshot.epoch(), snapshot.globalStep(), false, Map.of(), snapshot.bytes());
            written = CompletableFuture.allOf(written, saved);
            return;
        }
        var isLast = fact.getFinalEpoch();
        var told = training.save(
                        snapshot.epoch(), snapshot.globalStep(), isLast, SearchEvents.toTell(fact), snapshot.bytes())
                .thenApply(checkpoint -> tell(fact, checkpoint));
        written = CompletableFuture.allOf(written, told);
        if (isLast) {
            last = told;
        }
    }

    /** The fact of the last epoch, once all checkpoints are stored and what they tell is on its way. */
    private AlphaCheckpointed result() throws InterruptedException {
        context.await(written);
        return context.await(last);
    }

    /** The attempt has been told to stop: its checkpoint is stored, if it shall be. */
    private Outcome stopped() throws InterruptedException {
        if (training.saves()) {
            context.await(written);
        }
        return Outcome.stopped();
    }

    /** Runs where the checkpoint was stored; the last epoch's fact is told as the job's result. */
    private AlphaCheckpointed tell(AlphaCheckpointed fact, Checkpoint checkpoint) {
        var complete = SearchEvents.withCheckpoint(fact, checkpoint);
        if (!complete.getFinalEpoch()) {
            context.publish(Topics.ALPHAS, job.getJob(), complete);
        }
        return complete;
    }
}
