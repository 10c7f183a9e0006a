package io.dartboard.search;

import io.dartboard.events.SearchJob;
import io.dartboard.nas.loop.Directive;
import io.dartboard.nas.search.EpochReport;
import io.dartboard.nas.search.SearchDivergedException;
import io.dartboard.nas.search.SearchLoop;
import io.dartboard.nas.search.SearchObserver;
import io.dartboard.nas.search.SearchSetup;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.pipeline.job.JobContext;
import io.dartboard.pipeline.job.JobRefused;
import io.dartboard.training.TrainingJob;

/** An attempt at a search for convolutional cells. */
final class CnnSearchAttempt extends SearchAttempt implements SearchObserver {
    private final CnnSpace space;
    private final SearchMeters meters;
    private final SearchLoop loop;

    CnnSearchAttempt(SearchJob job, SearchSetup setup, JobContext context, TrainingJob training) {
        super(job, context, training);
        this.space = setup.space();
        this.meters = new SearchMeters(context.gauges());
        this.loop = SearchLoop.from(setup, training.state());
    }

    @Override
    boolean search() {
        try {
            return loop.run(this).finished();
        } catch (SearchDivergedException e) {
            throw new JobRefused(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public Directive onEpoch(EpochReport report) {
        meters.epoch(space, report);
        var epochsDone = report.epoch() + 1;
        return afterEpoch(
                SearchEvents.seen(space, report),
                epochsDone,
                (long) epochsDone * loop.stepsPerEpoch(),
                100 * (1 - report.validAccuracy()));
    }

    @Override
    public void close() {
        loop.close();
    }
}
