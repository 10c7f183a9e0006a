package io.dartboard.search.work;

import io.dartboard.events.AlphaCheckpointed;
import io.dartboard.events.Measure;
import io.dartboard.events.SearchJob;
import io.dartboard.nas.bilevel.Fit;
import io.dartboard.nas.bilevel.SearchDivergedException;
import io.dartboard.nas.bilevel.SearchLoop;
import io.dartboard.nas.bilevel.SearchMethod;
import io.dartboard.nas.bilevel.SearchReport;
import io.dartboard.nas.bilevel.SearchSetup;
import io.dartboard.nas.loop.Directive;
import io.dartboard.nas.loop.LoopObserver;
import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.loop.StepReport;
import io.dartboard.pipeline.artifact.Checkpoint;
import io.dartboard.pipeline.job.JobContext;
import io.dartboard.pipeline.job.JobRefused;
import io.dartboard.pipeline.job.Outcome;
import io.dartboard.schemas.Topics;
import io.dartboard.training.TrainingJob;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a search, whatever its space: steers it by the job's signals, stores its checkpoints, and tells of each
 * epoch once its checkpoint is there. What is to be told travels in the checkpoint's manifest, so that whoever goes on from
 * it can tell it.
 */
public final class SearchAttempt implements LoopObserver<SearchReport>, AutoCloseable {
    private final SearchJob job;
    private final Measure measure;
    private final JobContext context;
    private final TrainingJob training;
    private final SearchMeters meters;
    private final SearchLoop loop;
    private final SearchMethod method;
    private final int epochs;
    /** An epoch whose checkpoint is still to be written. */
    private @Nullable AlphaCheckpointed untold;

    private CompletableFuture<Void> written = CompletableFuture.completedFuture(null);
    private CompletableFuture<AlphaCheckpointed> last = new CompletableFuture<>();

    /**
     * Opens the loop where the training stands.
     *
     * @param measure by what an epoch is judged
     * @throws JobRefused if there is too little data
     */
    SearchAttempt(SearchJob job, SearchSetup setup, Measure measure, JobContext context, TrainingJob training) {
        this.job = job;
        this.measure = measure;
        this.context = context;
        this.training = training;
        this.meters = new SearchMeters(context.gauges());
        this.method = setup.method();
        this.epochs = setup.epochs();
        this.loop = JobRefused.ifImpossible(
                () -> SearchLoop.from(setup, SearchEvents.schedule(job.getSettings()), training.state()));
    }

    /**
     * Searches to the end, or until it is told to stop.
     *
     * @throws JobRefused if the loss stops being a number
     * @throws java.util.concurrent.CancellationException if the job is cancelled or lost meanwhile
     */
    Outcome run() throws InterruptedException {
        return search() ? Outcome.done(Topics.ALPHAS, job.getJob(), result()) : stopped();
    }

    private boolean search() {
        try {
            return loop.run(this).finished();
        } catch (SearchDivergedException e) {
            throw new JobRefused(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void close() {
        loop.close();
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
        var due = training.afterStep(
                report.stepsDone(), report.steps(), report.epoch(), report.epochs(), report.images());
        // Each epoch is told, so one that shall finish has nothing left to do once one is behind it.
        if (training.stopped() || report.epoch() > 0 && training.finishes()) {
            return Directive.STOP;
        }
        return due ? Directive.CHECKPOINT : Directive.CONTINUE;
    }

    @Override
    public boolean wantsStop() {
        return training.stopped();
    }

    @Override
    public Directive onEpoch(SearchReport report) {
        meters.epoch(report);
        var epochsDone = report.epoch() + 1;
        training.afterEpoch(
                report.epoch(), report.train().loss(), report.valid().loss(), score(report.valid()));
        untold = SearchEvents.checkpointed(
                        job, SearchEvents.seen(report, method, measure), epochsDone, report.stepsDone())
                .setAttempt(context.attempt())
                .setDeviceSeconds(training.deviceSeconds())
                .setDevice(context.device())
                .build();
        // A search whose last epoch is done is done, unless its result must not be written any more.
        var stops = training.stopped() && (epochsDone < epochs || !training.saves());
        return stops || epochsDone < epochs && training.finishes() ? Directive.STOP : Directive.CHECKPOINT;
    }

    /** Error in percent, or perplexity. */
    private static double score(Fit fit) {
        return fit.accuracy().isPresent() ? 100 * (1 - fit.accuracy().getAsDouble()) : fit.perplexity();
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
