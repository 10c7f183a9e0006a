package io.dartboard.eval;

import io.dartboard.events.CellSelected;
import io.dartboard.events.EvidenceWanted;
import io.dartboard.events.GenotypeDerived;
import io.dartboard.events.GenotypeRetrained;
import io.dartboard.events.JobProgressed;
import io.dartboard.events.RetrainingReused;
import io.dartboard.events.RetrainingStopped;
import io.dartboard.events.RunRequested;
import io.dartboard.events.Stage;
import io.dartboard.pipeline.planner.Backlog;
import io.dartboard.pipeline.planner.Decider;
import io.dartboard.pipeline.planner.Fact;
import io.dartboard.pipeline.planner.JobQueue;
import io.dartboard.pipeline.planner.Ledger;
import io.dartboard.pipeline.planner.Outbox;
import io.dartboard.pipeline.run.DatasetBook;
import io.dartboard.pipeline.run.RunBook;
import io.dartboard.pipeline.run.RunChange;
import io.dartboard.pipeline.run.RunLife;
import io.dartboard.pipeline.view.StageView;
import io.dartboard.schemas.Topic;
import io.dartboard.schemas.Topics;
import io.dartboard.training.NetworkCeiling;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides what is retrained, which cell is chosen and what it is worth.
 *
 * <ol>
 *   <li>When every search of a run has its final genotype, those that are over a ceiling of the run are passed over
 *       ({@link NetworkCeiling}); where none is left, that is told and nothing is retrained.
 *   <li>Each distinct one of the others is retrained briefly: a
 *       {@link Stage#SELECTION} job, with the run's first evaluation seed. Searches that found the same cell share it.
 *   <li>When all of these are done, the one with the best validation score is chosen ({@link CellChoice}).
 *   <li>The chosen cell and a random cell are retrained in full, once for each evaluation seed, under the same settings,
 *       and summed up as mean and sample standard deviation.
 *   <li>Where a run asks for several random cells, they are drawn when it comes to this, and the one is taken that is chosen as
 *       the run's own was: under the same ceilings, by the same brief retraining.
 *   <li>What a verdict wants beside that ({@link EvidenceWanted}) is retrained and summed up likewise.
 * </ol>
 *
 * <p>A run that was given several cells, or whose random search has drawn them, begins with the ceilings; one that was given
 * its genotype has the last step alone. Where the searches of a run shall finish, the cell of the
 * newest epoch of each stands for its final one.
 *
 * <p>Of a run that races a brief retraining is given up once it can no longer be the best ({@link RacingRule}), which is told
 * ({@link RetrainingStopped}) and obeyed from then on. Those of random cells to compare with do not race.
 *
 * <p>A cell that is isomorphic to one that was wanted before, on the same data, under the same settings and with the same seed, is
 * not retrained: the other's retraining stands for it, which is told with the device seconds saved ({@link RetrainingReused}).
 *
 * <p>Guarantee: each decision is told once for each run; a job that a live run wants is asked for until it is done; a run
 * that is paused, blocked or over asks for nothing more. Facts may come in any order, more than once, and from attempts that
 * a newer one has overtaken.
 */
public final class EvalPlanner implements Decider {
    private final Duration patience;
    private final Backlog backlog = new Backlog();

    /**
     * Makes a planner.
     *
     * @param patience how long a job that has begun may show no life before it is asked for again
     */
    public EvalPlanner(Duration patience) {
        this.patience = patience;
    }

    @Override
    public List<JobQueue> queues() {
        return List.of(RetrainingBook.DESK.queue());
    }

    @Override
    public Set<Topic<?>> inputs() {
        return Set.of(
                Topics.DATASETS,
                Topics.RUNS,
                Topics.GENOTYPES,
                Topics.STEERING,
                Topics.EVALUATIONS,
                Topics.FAILURES,
                Topics.PROGRESS);
    }

    @Override
    public Set<Topic<?>> outputs() {
        return Set.of(Topics.EVAL_JOBS, Topics.EVALUATIONS, Topics.STEERING, Topics.RUNS);
    }

    @Override
    public void decide(Fact fact, Ledger ledger, Outbox outbox) {
        backlog.read(fact);
        var runs = new RunBook(ledger);
        var change = learn(fact, runs, ledger, outbox);
        runs.plan(change, "evaluation", outbox, (request, part) -> plan(request, ledger, part, false));
    }

    /** What was told long ago has been raced already: the words on that come with it, and are obeyed and not found anew. */
    @Override
    public void tick(Instant now, Ledger ledger, Outbox outbox) {
        var runs = new RunBook(ledger);
        RetrainingBook.DESK.tick(now, patience, runs, ledger, outbox);
        if (!backlog.wasRead(now)) {
            var race = new RaceBook(ledger);
            var racing = new RunChange(race.racing());
            racing.runs().stream()
                    .filter(run -> runs.life(run).filter(RunLife::hasEnded).isPresent())
                    .forEach(race::end);
            runs.plan(racing, "selection", outbox, (request, part) -> plan(request, ledger, part, true));
        }
    }

    private static void plan(RunRequested request, Ledger ledger, Outbox outbox, boolean atTheClock) {
        if (request.getEvaluationSeeds().isEmpty()) {
            return; // search-svc tells what is wrong with it.
        }
        new RunBook(ledger).need(request.getRun(), DatasetBook.need(request.getDataset()));
        new DatasetBook(ledger)
                .version(request.getDataset(), request.getDatasetVersion())
                .ifPresent(dataset -> new RoundPlanner(request, dataset, ledger, outbox, atTheClock).plan());
    }

    private static RunChange learn(Fact fact, RunBook runs, Ledger ledger, Outbox outbox) {
        if (fact.value() instanceof GenotypeDerived derived) {
            return derived.getFinalEpoch() ? found(derived, runs, ledger) : onTheWay(derived, runs, ledger);
        }
        if (fact.value() instanceof GenotypeRetrained retrained) {
            return RetrainingBook.DESK.done(retrained, runs, ledger);
        }
        if (fact.value() instanceof EvidenceWanted wanted) {
            return new CellBook(ledger).want(wanted) ? new RunChange(Set.of(wanted.getRun())) : RunChange.NONE;
        }
        if (fact.value() instanceof RetrainingStopped stopped) {
            return stopped(stopped, runs, ledger);
        }
        if (fact.value() instanceof CellSelected selected) {
            return selected(selected, runs, ledger);
        }
        if (fact.value() instanceof JobProgressed progressed) {
            new RaceBook(ledger).hear(progressed);
        }
        RetrainingBook.DESK.hear(fact.value(), runs, ledger, outbox);
        return runs.take(fact);
    }

    /** It is this planner's own word, that it may have forgotten: what was given up stays so. */
    private static RunChange stopped(RetrainingStopped stopped, RunBook runs, Ledger ledger) {
        if (!new RaceBook(ledger).take(stopped)) {
            return RunChange.NONE;
        }
        var run = Set.of(stopped.getRun());
        RetrainingBook.DESK.withdraw(stopped.getJob(), run, runs);
        return new RunChange(run);
    }

    /** Likewise: what a run that raced has chosen stands, whatever has its result by now. */
    private static RunChange selected(CellSelected selected, RunBook runs, Ledger ledger) {
        var run = selected.getRun();
        var cells = new CellBook(ledger);
        var isNews = runs.request(run).filter(RunRequested::getRacing).isPresent()
                && cells.selected(run).isEmpty();
        if (isNews) {
            cells.select(selected);
            new RaceBook(ledger).end(run);
        }
        return isNews ? new RunChange(Set.of(run)) : RunChange.NONE;
    }

    private static RunChange found(GenotypeDerived derived, RunBook runs, Ledger ledger) {
        return new CellBook(ledger).found(derived) ? new RunChange(runs.whoNeeds(derived.getSearch())) : RunChange.NONE;
    }

    /** The cell of an epoch that is not the last: enough for the runs whose searches shall finish. */
    private static RunChange onTheWay(GenotypeDerived derived, RunBook runs, Ledger ledger) {
        new CellBook(ledger).onTheWay(derived);
        return new RunChange(runs.whoNeeds(derived.getSearch()).stream()
                .filter(run -> runs.life(run)
                        .filter(life -> life.finishes(StageView.SEARCH))
                        .isPresent())
                .collect(Collectors.toSet()));
    }
}
