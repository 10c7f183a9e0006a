package io.dartboard.search.plan;

import io.dartboard.events.AlphaCheckpointed;
import io.dartboard.events.BudgetUnit;
import io.dartboard.events.EvaluationJob;
import io.dartboard.events.GenotypeRetrained;
import io.dartboard.events.GenotypeTransferred;
import io.dartboard.events.JobCost;
import io.dartboard.events.JobProgressed;
import io.dartboard.events.RetrainingStopped;
import io.dartboard.events.RunBudgetSpent;
import io.dartboard.events.RunCost;
import io.dartboard.events.SearchJob;
import io.dartboard.events.Stage;
import io.dartboard.events.TransferJob;
import io.dartboard.pipeline.planner.Ledger;
import io.dartboard.pipeline.planner.Outbox;
import io.dartboard.pipeline.planner.Table;
import io.dartboard.pipeline.run.Budgets;
import io.dartboard.pipeline.run.RunBook;
import io.dartboard.pipeline.run.RunLife;
import io.dartboard.pipeline.view.StageView;
import io.dartboard.schemas.Topics;
import io.dartboard.search.request.DevicePrice;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;

/**
 * Holds runs to their budgets: counts what their jobs cost by what these tell, and tells once a budget is spent. A run that has
 * spent its budget is paused by that word, as {@link RunLife} has it, and goes on once it has another.
 *
 * <p>What a job costs is counted for each run that wants it, while it wants it: what was done before a run has joined costs that
 * run nothing, and what is done while it is paused, or after it has given the job up, likewise.
 */
final class BudgetWatch {
    private static final Table<JobCost> JOBS = Table.of(JobCost.class);
    private static final Table<RunCost> RUNS = Table.of(RunCost.class);
    private static final String LIMITED = "budgeted/";
    /** A share of an epoch below which a fraction is that of the epoch's end, by its last digits. */
    private static final double ROUNDING = 1e-6;

    private final DevicePrice price;

    BudgetWatch(DevicePrice price) {
        this.price = price;
    }

    /**
     * Takes what an event says of jobs and their cost; others tell it nothing.
     *
     * @return the runs whose costs have grown
     */
    Set<String> take(SpecificRecord event, RunBook runs, Ledger ledger) {
        if (event instanceof SearchJob job) {
            wanted(job.getJob(), job.getRun(), job.getSettings().getEpochs(), ledger);
        } else if (event instanceof EvaluationJob job) {
            wanted(job.getJob(), job.getRun(), job.getSettings().getEpochs(), ledger);
        } else if (event instanceof TransferJob job) {
            wanted(job.getJob(), job.getRun(), job.getSettings().getEpochs(), ledger);
        } else if (event instanceof RetrainingStopped stopped) {
            ledger.mark(givenUp(stopped.getJob(), stopped.getRun()));
        } else if (event instanceof RunBudgetSpent spent) {
            ledger.unmark(telling(spent.getRun()));
        }
        return word(event, ledger).map(word -> charge(word, runs, ledger)).orElse(Set.of());
    }

    private static Optional<Word> word(SpecificRecord event, Ledger ledger) {
        if (event instanceof JobProgressed told) {
            var epochs = told.getFraction() * cost(told.getJob(), ledger).getAllEpochs();
            return Optional.of(new Word(
                    told.getJob(), told.getRun(), told.getStage(), told.getDeviceSeconds(), (int) (epochs + ROUNDING)));
        }
        if (event instanceof AlphaCheckpointed told) {
            return Optional.of(new Word(
                    told.getSearch(), told.getRun(), StageView.SEARCH, told.getDeviceSeconds(), told.getEpoch()));
        }
        if (event instanceof GenotypeRetrained told) {
            return Optional.of(new Word(
                    told.getJob(),
                    told.getRun(),
                    told.getStage() == Stage.SELECTION ? StageView.SELECTION : StageView.EVALUATION,
                    told.getDeviceSeconds(),
                    told.getCurve().size()));
        }
        if (event instanceof GenotypeTransferred told) {
            return Optional.of(new Word(
                    told.getJob(),
                    told.getRun(),
                    StageView.TRANSFER,
                    told.getDeviceSeconds(),
                    told.getCurve().size()));
        }
        return Optional.empty();
    }

    private static void wanted(String job, String run, int epochs, Ledger ledger) {
        ledger.mark(wanting(job) + run);
        var cost = cost(job, ledger);
        if (cost.getAllEpochs() != epochs) {
            ledger.put(JOBS, job, JobCost.newBuilder(cost).setAllEpochs(epochs).build());
        }
    }

    /** What it says more than was known is charged to those who want it now. */
    private static Set<String> charge(Word word, RunBook runs, Ledger ledger) {
        ledger.mark(wanting(word.job()) + word.run());
        var known = cost(word.job(), ledger);
        var seconds = more(word.deviceSeconds(), known.getDeviceSeconds());
        var epochs = word.epochs() > known.getEpochs() ? word.epochs() - known.getEpochs() : 0;
        if (seconds == 0 && epochs == 0) {
            return Set.of();
        }
        ledger.put(
                JOBS,
                word.job(),
                JobCost.newBuilder(known)
                        .setDeviceSeconds(known.getDeviceSeconds() + seconds)
                        .setEpochs(known.getEpochs() + epochs)
                        .build());
        var payers = payers(word, runs, ledger);
        payers.forEach(run -> {
            var cost = ledger.get(RUNS, run).orElseGet(() -> new RunCost(run, 0.0, 0));
            ledger.put(RUNS, run, new RunCost(run, cost.getDeviceSeconds() + seconds, (int)
                    Math.min(Integer.MAX_VALUE, (long) cost.getEpochs() + epochs)));
        });
        return payers;
    }

    /** What is told after all of them have stopped was done for them. */
    private static Set<String> payers(Word word, RunBook runs, Ledger ledger) {
        var all = ledger.marks(wanting(word.job()));
        var live = those(all, runs, life -> life.isLive() && !ledger.marked(givenUp(word.job(), life.run())));
        var full = those(live, runs, life -> !life.finishes(word.stage()));
        return new TreeSet<>(full.isEmpty() ? live.isEmpty() ? all : live : full);
    }

    private static List<String> those(List<String> of, RunBook runs, Predicate<RunLife> which) {
        return of.stream()
                .filter(run -> runs.life(run).filter(which).isPresent())
                .toList();
    }

    private static double more(double told, double known) {
        return told > known && told <= Double.MAX_VALUE ? told - known : 0;
    }

    private static JobCost cost(String job, Ledger ledger) {
        return ledger.get(JOBS, job)
                .orElseGet(() -> JobCost.newBuilder().setJob(job).build());
    }

    /** The runs that have a budget and have not ended. */
    Set<String> limited(Ledger ledger) {
        return new TreeSet<>(ledger.marks(LIMITED));
    }

    /**
     * Looks whether a run has spent its budget, and tells it.
     *
     * @param now the time; empty where it is not to be taken for the present one, and wall clocks are not looked at
     */
    void look(RunLife life, Optional<Instant> now, RunBook runs, Ledger ledger, Outbox outbox) {
        var run = life.run();
        if (life.hasEnded() || life.budget().equals(Budgets.NONE)) {
            ledger.unmark(LIMITED + run);
            return;
        }
        ledger.mark(LIMITED + run);
        if (!life.isLive()) {
            return;
        }
        var refusal = price.refusal(life.budget());
        if (refusal.isPresent()) {
            runs.block(life, "request", "", refusal.get(), outbox);
            return;
        }
        Budgets.UNITS.stream()
                .map(unit -> new RunBudgetSpent(
                        run, unit, Budgets.limit(life.budget(), unit), spent(life, unit, now, ledger), life.epoch()))
                .filter(word -> word.getBudget() > 0 && word.getSpent() >= word.getBudget())
                .findFirst()
                // Until it is heard the run is live, and to tell it again says nothing new.
                .filter(word -> ledger.mark(telling(run)))
                .ifPresent(word -> outbox.send(Topics.RUNS, run, word, run));
    }

    /** How a run stands with what limits it. */
    Stream<BudgetStanding> standings(RunLife life, Instant now, Ledger ledger) {
        return Budgets.UNITS.stream()
                .filter(unit -> Budgets.limit(life.budget(), unit) > 0)
                .map(unit -> new BudgetStanding(
                        life.run(),
                        unit,
                        Budgets.limit(life.budget(), unit),
                        spent(life, unit, Optional.of(now), ledger)));
    }

    private double spent(RunLife life, BudgetUnit unit, Optional<Instant> now, Ledger ledger) {
        var cost = ledger.get(RUNS, life.run());
        return switch (unit) {
            case DEVICE_SECONDS -> cost.map(RunCost::getDeviceSeconds).orElse(0.0);
            case WALL_CLOCK_SECONDS ->
                now.map(time -> life.liveBy(time).toMillis() / 1e3).orElse(0.0);
            case EPOCHS -> cost.map(RunCost::getEpochs).orElse(0).doubleValue();
            case MONEY -> price.of(cost.map(RunCost::getDeviceSeconds).orElse(0.0));
            case UNKNOWN -> 0;
        };
    }

    private static String wanting(String job) {
        return "wantedBy/%s/".formatted(job);
    }

    private static String givenUp(String job, String run) {
        return "givenUp/%s/%s".formatted(job, run);
    }

    private static String telling(String run) {
        return "tellingBudget/" + run;
    }

    /** What was told of a job, all its attempts together. */
    private record Word(String job, String run, String stage, double deviceSeconds, int epochs) {}
}
