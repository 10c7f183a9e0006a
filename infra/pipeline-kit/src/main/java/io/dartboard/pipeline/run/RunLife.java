package io.dartboard.pipeline.run;

import io.dartboard.events.RunBlocked;
import io.dartboard.events.RunBudget;
import io.dartboard.events.RunBudgetChanged;
import io.dartboard.events.RunBudgetSpent;
import io.dartboard.events.RunCancelled;
import io.dartboard.events.RunFinished;
import io.dartboard.events.RunOutcome;
import io.dartboard.events.RunPaused;
import io.dartboard.events.RunPhase;
import io.dartboard.events.RunRequested;
import io.dartboard.events.RunResumed;
import io.dartboard.events.RunStanding;
import io.dartboard.events.StageFinishRequested;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;

/**
 * The life of a run: the one state machine that planners, workers, the REST interface and the command line share. A pure
 * function of what stands on {@code nas.runs}, in its order, so that all who have read as far see the same.
 *
 * <p>The same request may be made again once it has ended without success. Each time is a <em>request epoch</em>, counted
 * from 1; whatever is told of a run names the epoch that it is about, and a word on another epoch than the present one
 * changes nothing. So a repeated, late or replayed record is harmless.
 *
 * <pre>
 * LIVE ⇄ PAUSED          paused, resumed
 * LIVE ⇄ PAUSED          its budget is spent, it has another that is not
 * LIVE, PAUSED → BLOCKED a service knows that it cannot go on; FAILED follows
 * … → CANCELLING         somebody wants its end; CANCELLED follows
 * … → SUCCEEDED, FAILED, CANCELLED   finished: the first word on an epoch's end stands
 * BLOCKED, CANCELLING, FAILED, CANCELLED → LIVE   asked for again, in the next epoch
 * </pre>
 *
 * <p>While it is LIVE or PAUSED each of its stages can be told to finish, once in each epoch, and not otherwise than for good:
 * the results of that stage are then what there is.
 *
 * @param request what was asked for, as it was first; its epoch is the present one, and so are its budget and priority
 * @param phase where the run stands
 * @param reason why it is paused, blocked or over, in one line; empty otherwise
 * @param requestedAt when the present epoch was asked for
 * @param since when the phase began
 * @param finishing the stages that shall make the best of what they have, by name; those of this epoch
 * @param budget what it may cost by the last word on that
 * @param liveBefore how long it was live before the phase began, in this epoch; 0 once it is neither live nor paused
 * @param spent the budget that it is paused for; empty where it is not paused for one
 */
public record RunLife(
        RunRequested request,
        RunPhase phase,
        String reason,
        Instant requestedAt,
        Instant since,
        SortedSet<String> finishing,
        RunBudget budget,
        Duration liveBefore,
        Optional<RunBudgetSpent> spent) {
    /** The stages of a run in the order of the pipeline, by name. */
    public static final List<String> STAGES = List.of("search", "selection", "evaluation", "transfer");

    private static final Instant NOT_YET = Instant.ofEpochMilli(Long.MAX_VALUE);

    public RunLife {
        finishing = Collections.unmodifiableSortedSet(new TreeSet<>(finishing));
    }

    /**
     * The life of a run after an event.
     *
     * @param known its life before; empty where nothing is known of it
     * @param event any event; what does not belong on {@code nas.runs} tells nothing
     * @param told when it was told, by its envelope or the broker
     * @return the same object where nothing has changed; empty for a run that was never asked for
     */
    public static Optional<RunLife> after(Optional<RunLife> known, SpecificRecord event, Instant told) {
        if (known.isEmpty()) {
            return event instanceof RunRequested requested
                    ? Optional.of(begun(requested, Math.max(1, requested.getRequestEpoch()), told))
                    : Optional.empty();
        }
        return known.map(life -> life.hear(event, told));
    }

    /** As a planner keeps it beside the request. */
    public static RunLife of(RunRequested request, RunStanding standing) {
        return new RunLife(
                at(request, standing.getRequestEpoch()),
                standing.getPhase(),
                standing.getReason(),
                Instant.ofEpochMilli(standing.getRequestedAt()),
                Instant.ofEpochMilli(standing.getSince()),
                new TreeSet<>(standing.getFinishing()),
                Optional.ofNullable(standing.getBudget()).orElseGet(() -> Budgets.of(request)),
                Duration.ofMillis(standing.getLiveBefore()),
                Optional.ofNullable(standing.getSpent()));
    }

    /** The life as whoever tells that it is blocked knows it until that word stands on the topic, and dates it. */
    RunLife blocked(String why) {
        return in(RunPhase.BLOCKED, why, NOT_YET);
    }

    /** As a planner keeps it beside the request. */
    public RunStanding standing() {
        return new RunStanding(
                run(),
                epoch(),
                phase,
                reason,
                requestedAt.toEpochMilli(),
                since.toEpochMilli(),
                List.copyOf(finishing),
                budget.equals(Budgets.of(request)) ? null : budget,
                liveBefore.toMillis(),
                spent.orElse(null));
    }

    /** The run's id, or the id of any run that an event of {@code nas.runs} is about. */
    public static Optional<String> runOf(SpecificRecord event) {
        if (event instanceof RunRequested requested) {
            return Optional.of(requested.getRun());
        }
        if (event instanceof RunPaused paused) {
            return Optional.of(paused.getRun());
        }
        if (event instanceof RunResumed resumed) {
            return Optional.of(resumed.getRun());
        }
        if (event instanceof RunCancelled cancelled) {
            return Optional.of(cancelled.getRun());
        }
        if (event instanceof StageFinishRequested finish) {
            return Optional.of(finish.getRun());
        }
        if (event instanceof RunBudgetChanged changed) {
            return Optional.of(changed.getRun());
        }
        if (event instanceof RunBudgetSpent spent) {
            return Optional.of(spent.getRun());
        }
        if (event instanceof RunBlocked blocked) {
            return Optional.of(blocked.getRun());
        }
        if (event instanceof RunFinished finished) {
            return Optional.of(finished.getRun());
        }
        return Optional.empty();
    }

    /** The run. */
    public String run() {
        return request.getRun();
    }

    /** How often it has been asked for. */
    public int epoch() {
        return request.getRequestEpoch();
    }

    /** True if its jobs shall be done. */
    public boolean isLive() {
        return phase == RunPhase.LIVE;
    }

    /** How long it has been live by a time, in this epoch. */
    public Duration liveBy(Instant now) {
        return isLive() && now.isAfter(since) ? liveBefore.plus(Duration.between(since, now)) : liveBefore;
    }

    /** True if a stage shall make the best of what it has: search, selection, evaluation or transfer. */
    public boolean finishes(String stage) {
        return finishing.contains(stage);
    }

    /** True if nothing more will be told of this epoch. */
    public boolean hasEnded() {
        return phase == RunPhase.SUCCEEDED || phase == RunPhase.FAILED || phase == RunPhase.CANCELLED;
    }

    /** True if the same request, made again, begins the next epoch. */
    public boolean mayBeginAgain() {
        return switch (phase) {
            case BLOCKED, CANCELLING, FAILED, CANCELLED -> true;
            case UNKNOWN, LIVE, PAUSED, SUCCEEDED -> false;
        };
    }

    /** True if a word on an epoch is about the present one; 0 is a word on whichever there is. */
    public boolean isAbout(int epoch) {
        return epoch == 0 || epoch == epoch();
    }

    private RunLife hear(SpecificRecord event, Instant told) {
        if (event instanceof RunRequested requested) {
            return askedAgain(requested, told);
        }
        if (event instanceof RunBudgetChanged changed && isAbout(changed.getRequestEpoch()) && !hasEnded()) {
            return budgeted(changed.getBudget(), told);
        }
        if (event instanceof RunBudgetSpent word && isAbout(word.getRequestEpoch()) && isLive()) {
            return spent(word, told);
        }
        if (event instanceof RunPaused paused && isAbout(paused.getRequestEpoch()) && isLive()) {
            return in(RunPhase.PAUSED, paused.getReason(), told);
        }
        if (event instanceof RunResumed resumed && isAbout(resumed.getRequestEpoch()) && phase == RunPhase.PAUSED) {
            return in(RunPhase.LIVE, "", told);
        }
        if (event instanceof StageFinishRequested finish
                && isAbout(finish.getRequestEpoch())
                && (isLive() || phase == RunPhase.PAUSED)) {
            return finishing(finish.getStage());
        }
        if (event instanceof RunBlocked blocked
                && isAbout(blocked.getRequestEpoch())
                && (isLive() || phase == RunPhase.PAUSED || (phase == RunPhase.BLOCKED && told.isBefore(since)))) {
            return in(RunPhase.BLOCKED, blocked.getReason(), told);
        }
        if (event instanceof RunCancelled cancelled
                && isAbout(cancelled.getRequestEpoch())
                && !hasEnded()
                && phase != RunPhase.CANCELLING) {
            return in(RunPhase.CANCELLING, cancelled.getReason(), told);
        }
        if (event instanceof RunFinished finished && isAbout(finished.getRequestEpoch()) && !hasEnded()) {
            return finished(finished, told);
        }
        return this;
    }

    private RunLife askedAgain(RunRequested requested, Instant told) {
        if (since.equals(NOT_YET)) {
            // It stands before our word that the run is blocked, so for all others the run is not over.
            return this;
        }
        var epoch = requested.getRequestEpoch();
        // One that does not count is new if it was made after what it would undo; a replay keeps its time.
        var isNew = epoch == 0 ? told.isAfter(since) : epoch > epoch();
        if (!isNew || !mayBeginAgain()) {
            return this;
        }
        var anew = RunRequested.newBuilder(request)
                .setBudget(requested.getBudget())
                .setPriority(requested.getPriority())
                .build();
        return begun(anew, epoch == 0 ? epoch() + 1 : epoch, told);
    }

    /** One that makes no sense changes nothing. */
    private RunLife budgeted(RunBudget next, Instant told) {
        if (next.equals(budget) || Budgets.refusal(next).isPresent()) {
            return this;
        }
        if (spent.filter(word -> Budgets.covers(next, word)).isPresent()) {
            return in(RunPhase.LIVE, "", told).with(next, Optional.empty());
        }
        return with(next, spent.map(word -> RunBudgetSpent.newBuilder(word)
                .setBudget(Budgets.limit(next, word.getUnit()))
                .build()));
    }

    private RunLife with(RunBudget next, Optional<RunBudgetSpent> word) {
        return new RunLife(
                request,
                phase,
                word.map(Budgets::line).orElse(reason),
                requestedAt,
                since,
                finishing,
                next,
                liveBefore,
                word);
    }

    /** A word on a budget that the run has no more is late. */
    private RunLife spent(RunBudgetSpent word, Instant told) {
        var limit = Budgets.limit(budget, word.getUnit());
        if (limit == 0 || limit != word.getBudget()) {
            return this;
        }
        return in(RunPhase.PAUSED, "", told).with(budget, Optional.of(word));
    }

    private RunLife finished(RunFinished finished, Instant told) {
        if (finished.getRequestEpoch() == 0
                && finished.getOutcome() == RunOutcome.CANCELLED
                && phase != RunPhase.CANCELLING) {
            // By an earlier version, which did not count: the run has been asked for anew since.
            return this;
        }
        var end =
                switch (finished.getOutcome()) {
                    case SUCCEEDED -> RunPhase.SUCCEEDED;
                    case CANCELLED -> RunPhase.CANCELLED;
                    case FAILED, UNKNOWN -> RunPhase.FAILED;
                };
        return in(end, finished.getReason(), told);
    }

    private RunLife in(RunPhase next, String why, Instant told) {
        var goesOn = next == RunPhase.LIVE || next == RunPhase.PAUSED;
        // Of what does not, whoever tells that it is blocked does not know since when.
        var live = goesOn ? liveBy(told) : Duration.ZERO;
        return new RunLife(request, next, why, requestedAt, told, finishing, budget, live, Optional.empty());
    }

    /** A stage that no version knows changes nothing. */
    private RunLife finishing(String stage) {
        var stages = new TreeSet<>(finishing);
        return STAGES.contains(stage) && stages.add(stage)
                ? new RunLife(request, phase, reason, requestedAt, since, stages, budget, liveBefore, spent)
                : this;
    }

    private static RunLife begun(RunRequested request, int epoch, Instant told) {
        return new RunLife(
                at(request, epoch),
                RunPhase.LIVE,
                "",
                told,
                told,
                new TreeSet<>(),
                Budgets.of(request),
                Duration.ZERO,
                Optional.empty());
    }

    private static RunRequested at(RunRequested request, int epoch) {
        return request.getRequestEpoch() == epoch
                ? request
                : RunRequested.newBuilder(request).setRequestEpoch(epoch).build();
    }
}
