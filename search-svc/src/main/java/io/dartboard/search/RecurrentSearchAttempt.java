package io.dartboard.search;

import io.dartboard.events.SearchJob;
import io.dartboard.nas.loop.Directive;
import io.dartboard.nas.search.recurrent.RecurrentSearchDivergedException;
import io.dartboard.nas.search.recurrent.RecurrentSearchLoop;
import io.dartboard.nas.search.recurrent.RecurrentSearchObserver;
import io.dartboard.nas.search.recurrent.RecurrentSearchReport;
import io.dartboard.nas.search.recurrent.RecurrentSearchSetup;
import io.dartboard.pipeline.job.JobContext;
import io.dartboard.pipeline.job.JobRefused;
import io.dartboard.training.TrainingJob;

/** An attempt at a search for a recurrent cell. */
final class RecurrentSearchAttempt extends SearchAttempt implements RecurrentSearchObserver {
    private final SearchMeters meters;
    private final RecurrentSearchLoop loop;

    /**
     * Opens the loop.
     *
     * @throws JobRefused if a part of the text is too short for its batch
     */
    RecurrentSearchAttempt(SearchJob job, RecurrentSearchSetup setup, JobContext context, TrainingJob training) {
        super(job, context, training);
        this.meters = new SearchMeters(context.gauges());
        this.loop = JobRefused.ifImpossible(() -> RecurrentSearchLoop.from(setup, training.state()));
    }

    @Override
    boolean search() {
        try {
            return loop.run(this).finished();
        } catch (RecurrentSearchDivergedException e) {
            throw new JobRefused(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public Directive onEpoch(RecurrentSearchReport report) {
        meters.epoch(report);
        var epochsDone = report.epoch() + 1;
        return afterEpoch(
                SearchEvents.seen(report), epochsDone, loop.epochs().stepsBefore(epochsDone), report.validPerplexity());
    }

    @Override
    public void close() {
        loop.close();
    }
}
