package io.dartboard.search.work;

import io.dartboard.events.AlphaCheckpointed;
import io.dartboard.events.SearchJob;
import io.dartboard.nas.train.Compute;
import io.dartboard.pipeline.job.JobContext;
import io.dartboard.pipeline.job.JobRunner;
import io.dartboard.pipeline.job.Outcome;
import io.dartboard.pipeline.meters.JobMeters;
import io.dartboard.schemas.Topics;
import io.dartboard.training.Datasets;
import io.dartboard.training.TrainingJob;
import io.dartboard.training.kind.Kind;
import java.time.Clock;
import java.util.Collections;
import java.util.Optional;

/**
 * Does a search: dataset in, one {@link AlphaCheckpointed} after each epoch out, the last of them as the job's result.
 *
 * <p>It goes on from the furthest checkpoint, bit by bit as if it had never stopped, and first tells again what earlier
 * attempts may have stored and not told. A repeat is the same event, so nobody minds. What is searched is said by the
 * {@link Kind}.
 */
public final class SearchJobRunner implements JobRunner<SearchJob> {
    private final Datasets datasets;
    private final int loaderThreads;
    private final MethodChecks methods = new MethodChecks();
    private final JobMeters meters;
    private final Clock clock;

    public SearchJobRunner(Datasets datasets, int loaderThreads, JobMeters meters, Clock clock) {
        this.datasets = datasets;
        this.loaderThreads = loaderThreads;
        this.meters = meters;
        this.clock = clock;
    }

    @Override
    public Outcome run(SearchJob job, JobContext context) throws Exception {
        var kind = Kind.of(job);
        var ready = kind.search(job, datasets, Compute.on(context.device(), loaderThreads), context.preparation());
        var result = tellAgain(job, context);
        if (result.isPresent()) {
            return Outcome.done(Topics.ALPHAS, job.getJob(), result.get());
        }
        context.preparation().at("checking the method", 0, 0);
        methods.require(kind, ready.setup().method(), context.device());
        var training = TrainingJob.begin(context, meters, clock, "train", ready.measure());
        try (var attempt = new SearchAttempt(job, ready.setup(), ready.measure(), context, training)) {
            return attempt.run();
        }
    }

    /** Tells what is stored; the search's result, if it is among that. */
    private static Optional<AlphaCheckpointed> tellAgain(SearchJob job, JobContext context) {
        var stored = context.checkpoints().all();
        Collections.reverse(stored);
        for (var checkpoint : stored) {
            var fact = SearchEvents.toldOf(checkpoint);
            if (fact.isPresent() && fact.get().getFinalEpoch()) {
                return fact;
            }
            fact.ifPresent(told -> context.publish(Topics.ALPHAS, job.getJob(), told));
        }
        return Optional.empty();
    }
}
