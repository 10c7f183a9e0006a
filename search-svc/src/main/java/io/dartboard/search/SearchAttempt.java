package io.dartboard.search;

import io.dartboard.events.AlphaCheckpointed;
import io.dartboard.events.SearchJob;
import io.dartboard.nas.loop.Directive;
import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.loop.StepReport;
import io.dartboard.nas.search.EpochReport;
import io.dartboard.nas.search.SearchObserver;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.pipeline.artifact.Checkpoint;
import io.dartboard.pipeline.job.JobContext;
import io.dartboard.pipeline.job.Outcome;
import io.dartboard.pipeline.training.TrainingJob;
import io.dartboard.schemas.Topics;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Watches one attempt at a search: steers it by the job's signals, stores its checkpoints, and tells of each epoch once its
 * checkpoint is there. What is to be told travels in the checkpoint's manifest, so that whoever goes on from it can tell it.
 */
final class SearchAttempt implements SearchObserver {
    private final SearchJob job;
    private final CnnSpace space;
    private final int stepsPerEpoch;
    private final JobContext context;
    private final TrainingJob training;
    private final SearchMeters meters;
    private final int epochs;
    /** An epoch whose checkpoint is still to be written. */
    private @Nullable AlphaCheckpointed untold;

    private CompletableFuture<Void> written = CompletableFuture.completedFuture(null);
    private CompletableFuture<AlphaCheckpointed> last = new CompletableFuture<>();

    SearchAttempt(SearchJob job, CnnSpace space, int stepsPerEpoch, JobContext context, TrainingJob training) {
        this.job = job;
        this.space = space;
        this.stepsPerEpoch = stepsPerEpoch;
        this.context = context;
        this.training = training;
        this.meters = new SearchMeters(context.gauges(), space);
        this.epochs = job.getSettings().getEpochs();
    }

    @Override
    public void awaitsBatch() {
        training.awaitsInput();
    }

    @Override
    public void hasBatch() {
        training.hasInput();
    }

    @Override
    public Directive afterStep(StepReport report) {
        var due = training.afterStep(report.stepsDone(), report.stepsPerEpoch(), report.epochs(), report.images());
        if (training.stopped()) {
            return Directive.STOP;
        }
        return due ? Directive.CHECKPOINT : Directive.CONTINUE;
    }

    @Override
    public boolean wantsStop() {
        return training.stopped();
    }

    @Override
    public Directive onEpoch(EpochReport report) {
        training.afterEpoch(report.trainLoss(), report.validLoss(), 100 * (1 - report.validAccuracy()));
        meters.epoch(report);
        var epoch = report.epoch() + 1;
        untold = SearchEvents.checkpointed(
                job,
                space,
                report,
                (long) epoch * stepsPerEpoch,
                context.attempt(),
                training.deviceSeconds(),
                context.device());
        // A search whose last epoch is done is done, unless its result must not be written any more.
        return training.stopped() && (epoch < epochs || !training.saves()) ? Directive.STOP : Directive.CHECKPOINT;
    }

    @Override
    public void onSnapshot(Snapshot snapshot) {
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

    /**
     * The fact of the last epoch, once all checkpoints are stored and what they tell is on its way.
     *
     * @throws java.util.concurrent.CancellationException if the job is cancelled or lost meanwhile
     */
    AlphaCheckpointed result() throws InterruptedException {
        context.await(written);
        return context.await(last);
    }

    /** The attempt has been told to stop: its checkpoint is stored, if it shall be. */
    Outcome stopped() throws InterruptedException {
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
