package io.dartboard.pipeline.run;

import io.dartboard.events.DatasetPublished;
import io.dartboard.events.RunBlocked;
import io.dartboard.events.RunRequested;
import io.dartboard.events.RunStanding;
import io.dartboard.pipeline.planner.Fact;
import io.dartboard.pipeline.planner.Ledger;
import io.dartboard.pipeline.planner.Outbox;
import io.dartboard.pipeline.planner.Table;
import io.dartboard.schemas.OneLine;
import io.dartboard.schemas.Topics;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runs a planner has heard of: where each stands ({@link RunLife}), what it waits for, and which jobs it has asked for.
 * What a run waits for is a name that the planner chooses, a job's id as a rule; it leads from a fact on that job back to
 * the runs that wait for it.
 */
public final class RunBook {
    private static final Logger LOG = LoggerFactory.getLogger(RunBook.class);
    private static final Table<RunRequested> REQUESTS = Table.of(RunRequested.class);
    private static final Table<RunStanding> STANDINGS = Table.of(RunStanding.class);

    private final Ledger ledger;

    public RunBook(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * Takes a record of topic {@code nas.runs} or {@code nas.datasets}; others tell it nothing.
     *
     * @return the runs whose plan it may change
     */
    public RunChange take(Fact fact) {
        if (fact.value() instanceof DatasetPublished published) {
            new DatasetBook(ledger).take(published);
            return new RunChange(whoNeeds(DatasetBook.need(published.getDataset())));
        }
        return RunLife.runOf(fact.value())
                .filter(run -> moved(run, RunLife.after(life(run), fact.value(), fact.told())))
                .map(run -> new RunChange(Set.of(run)))
                .orElse(RunChange.NONE);
    }

    /** The life of a run, whatever its phase. */
    public Optional<RunLife> life(String run) {
        return ledger.get(REQUESTS, run)
                .flatMap(request -> ledger.get(STANDINGS, run).map(standing -> RunLife.of(request, standing)));
    }

    /** The request of a run, live or not. */
    public Optional<RunRequested> request(String run) {
        return life(run).map(RunLife::request);
    }

    /**
     * Plans each of the changed runs that is live, in order. A run that cannot be planned is told to be blocked, with the
     * reason; what was learnt and decided for it in this plan is dropped, and the others are not touched.
     *
     * @param stage the planner's stage, for that word
     * @param plan works out what ought to exist by now for a live run, and sends what has not been sent
     */
    public void plan(RunChange change, String stage, Outbox outbox, RunPlan plan) {
        for (var run : change.runs()) {
            life(run).filter(RunLife::isLive).ifPresent(life -> ledger.standsOrFalls(
                            outbox, part -> plan.plan(life.request(), part))
                    .ifPresent(failure -> {
                        LOG.error("run {} cannot be planned and ends", run, failure);
                        block(life, stage, "", "it cannot be planned: " + why(failure), outbox);
                    }));
        }
    }

    /** What a check refuses it says in words for people; anything else is a fault of the service. */
    private static String why(RuntimeException failure) {
        if (failure instanceof ArithmeticException) {
            return "its numbers are too large to count with; ask for less";
        }
        return failure instanceof IllegalArgumentException
                ? String.valueOf(failure.getMessage())
                : "the service has a fault and its log has the cause; report it, and ask again once it is mended";
    }

    /** Tells that a run cannot go on; from now on it asks for nothing. */
    public void block(RunLife life, String stage, String job, String because, Outbox outbox) {
        var reason = OneLine.reason(because);
        var word = new RunBlocked(life.run(), life.epoch(), stage, job, reason);
        if (moved(life.run(), Optional.of(life.blocked(reason)))) {
            outbox.send(Topics.RUNS, life.run(), word, life.run());
        }
    }

    /** Notes that a run waits for something, so that {@link #whoNeeds} finds it. */
    public void need(String run, String what) {
        ledger.mark("needed/" + what + "/" + run);
    }

    /** The runs that wait for something, live or not. */
    public Set<String> whoNeeds(String what) {
        return new TreeSet<>(ledger.marks("needed/" + what + "/"));
    }

    /** Notes that a run has asked for a job; true if it had not since it last came to life. */
    boolean asks(String run, String job) {
        ledger.mark("asks/" + run + "/" + job);
        return ledger.mark("asked/" + job + "/" + run);
    }

    /** The runs that have asked for a job and are live, in order. */
    List<RunLife> askers(String job) {
        return ledger.marks("asked/" + job + "/").stream()
                .flatMap(run -> life(run).stream())
                .filter(RunLife::isLive)
                .toList();
    }

    /** These no longer ask for a job. */
    void withdraw(String job, Predicate<String> whose) {
        ledger.marks("asked/" + job + "/").stream().filter(whose).toList().forEach(run -> {
            ledger.unmark("asked/" + job + "/" + run);
            ledger.unmark("asks/" + run + "/" + job);
        });
    }

    /** Keeps a changed life; a run that stops being live no longer asks for its jobs, and asks anew when it is again. */
    private boolean moved(String run, Optional<RunLife> after) {
        var before = life(run);
        if (after.equals(before)) {
            return false;
        }
        after.ifPresent(life -> {
            if (before.filter(known -> known.request().equals(life.request())).isEmpty()) {
                ledger.put(REQUESTS, run, life.request());
            }
            ledger.put(STANDINGS, run, life.standing());
            ledger.marks("asks/" + run + "/").forEach(job -> {
                ledger.unmark("asks/" + run + "/" + job);
                ledger.unmark("asked/" + job + "/" + run);
            });
        });
        return true;
    }

    /** Works out what ought to exist by now for a live run, and sends what has not been sent. */
    @FunctionalInterface
    public interface RunPlan {
        void plan(RunRequested request, Outbox outbox);
    }
}
