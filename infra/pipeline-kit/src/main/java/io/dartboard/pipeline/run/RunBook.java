package io.dartboard.pipeline.run;

import io.dartboard.events.DatasetPublished;
import io.dartboard.events.RunCancelled;
import io.dartboard.events.RunFinished;
import io.dartboard.events.RunOutcome;
import io.dartboard.events.RunPaused;
import io.dartboard.events.RunRequested;
import io.dartboard.events.RunResumed;
import io.dartboard.pipeline.planner.Ledger;
import io.dartboard.pipeline.planner.Table;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;

/**
 * The runs a planner has heard of: request, paused or not, ended or not, and what each of them needs. A need is a name
 * that the planner chooses, a job's id as a rule; it leads from a fact on that job back to the runs that wait for it.
 *
 * <p>A run that has ended without success begins again when it is requested once more. A job that has failed for good stops
 * the runs that needed it then; one that asks for the same job later is given another try.
 */
public final class RunBook {
    private static final Table<RunRequested> REQUESTS = Table.of(RunRequested.class);

    private final Ledger ledger;

    public RunBook(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * Takes a record of topic {@code nas.runs} or {@code nas.datasets}; others tell it nothing.
     *
     * @return the runs whose plan it may change, and how
     */
    public RunChange take(SpecificRecord value) {
        if (value instanceof RunRequested requested) {
            return requested(requested);
        }
        if (value instanceof RunPaused paused) {
            return hold(paused.getRun(), "paused/");
        }
        if (value instanceof RunResumed resumed) {
            return resumed(resumed.getRun());
        }
        if (value instanceof RunCancelled cancelled) {
            return hold(cancelled.getRun(), "ended/");
        }
        if (value instanceof RunFinished finished) {
            return finished(finished);
        }
        if (value instanceof DatasetPublished published) {
            new DatasetBook(ledger).take(published);
            return RunChange.of(whoNeeds(DatasetBook.need(published.getDataset())));
        }
        return RunChange.NONE;
    }

    /** The request of a run, live or not. */
    public Optional<RunRequested> request(String run) {
        return ledger.get(REQUESTS, run);
    }

    /** The request of a run that goes on: neither paused nor ended, and nothing it needs has failed for good. */
    public Optional<RunRequested> live(String run) {
        return isLive(run) ? request(run) : Optional.empty();
    }

    /** The requests of those of the changed runs that go on, in order. */
    public List<RunRequested> live(RunChange change) {
        return change.runs().stream().flatMap(run -> live(run).stream()).toList();
    }

    /** True if a run goes on, as {@link #live} says. */
    public boolean isLive(String run) {
        return !ledger.marked("ended/" + run)
                && !ledger.marked("paused/" + run)
                && ledger.marks("failed/" + run + "/").isEmpty()
                && request(run).isPresent();
    }

    /** Notes that a run waits for something, so that {@link #whoNeeds} finds it. */
    public void need(String run, String what) {
        if (ledger.mark("needs/" + run + "/" + what)) {
            ledger.mark("needed/" + what + "/" + run);
        }
    }

    /** The runs that wait for something, live or not. */
    public Set<String> whoNeeds(String what) {
        return new TreeSet<>(ledger.marks("needed/" + what + "/"));
    }

    /** What a run waits for. */
    public List<String> needsOf(String run) {
        return ledger.marks("needs/" + run + "/");
    }

    /** Notes that a job will not be tried again: the runs that need it by now go no further. */
    public void failed(String job) {
        whoNeeds(job).forEach(run -> ledger.mark("failed/" + run + "/" + job));
    }

    /** Notes that a job has its result; an earlier failure no longer counts. */
    public void done(String job) {
        whoNeeds(job).forEach(run -> ledger.unmark("failed/" + run + "/" + job));
    }

    private RunChange requested(RunRequested requested) {
        var run = requested.getRun();
        if (request(run).isEmpty()) {
            ledger.put(REQUESTS, run, requested);
            return RunChange.of(Set.of(run));
        }
        if (!ledger.marked("ended/" + run) || ledger.marked("succeeded/" + run)) {
            return RunChange.NONE;
        }
        ledger.unmark("ended/" + run);
        ledger.unmark("paused/" + run);
        ledger.marks("failed/" + run + "/").forEach(job -> ledger.unmark("failed/" + run + "/" + job));
        return new RunChange(Set.of(run), true);
    }

    private RunChange finished(RunFinished finished) {
        if (finished.getOutcome() == RunOutcome.CANCELLED) {
            // Its RunCancelled has ended the run already; by now it may have been asked for anew.
            return RunChange.NONE;
        }
        if (finished.getOutcome() == RunOutcome.SUCCEEDED) {
            ledger.mark("succeeded/" + finished.getRun());
        }
        return hold(finished.getRun(), "ended/");
    }

    private RunChange resumed(String run) {
        if (!ledger.marked("paused/" + run)) {
            return RunChange.NONE;
        }
        ledger.unmark("paused/" + run);
        return new RunChange(Set.of(run), true);
    }

    /** A run no longer stands behind its jobs: those who share them must. */
    private RunChange hold(String run, String mark) {
        if (!ledger.mark(mark + run)) {
            return RunChange.NONE;
        }
        var sharers = new TreeSet<String>();
        needsOf(run).forEach(what -> sharers.addAll(whoNeeds(what)));
        sharers.remove(run);
        return RunChange.of(sharers);
    }
}
