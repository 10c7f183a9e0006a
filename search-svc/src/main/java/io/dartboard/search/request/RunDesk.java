package io.dartboard.search.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dartboard.events.RunBudgetChanged;
import io.dartboard.events.RunCancelled;
import io.dartboard.events.RunPaused;
import io.dartboard.events.RunRequested;
import io.dartboard.events.RunResumed;
import io.dartboard.events.StageFinishRequested;
import io.dartboard.pipeline.view.RunJson;
import io.dartboard.pipeline.view.RunState;
import io.dartboard.pipeline.view.RunView;
import io.dartboard.schemas.OneLine;
import io.dartboard.schemas.Topics;
import io.dartboard.schemas.Word;
import io.dartboard.search.body.Body;
import io.dartboard.search.body.Refused;
import io.dartboard.search.event.EventLog;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;

/** Takes what people want of runs, and tells it to the pipeline if it can be. */
public final class RunDesk {
    /** Of a run's id, an r and digits. */
    private static final int SHORTEST = 3;

    private final EventLog log;
    private final RequestTerms terms;

    /**
     * Makes a desk.
     *
     * @param terms what the configuration says of requests
     */
    public RunDesk(EventLog log, RequestTerms terms) {
        this.log = log;
        this.terms = terms;
    }

    /**
     * What a request has come to.
     *
     * @param run the run's id
     * @param begins true if it begins; false if it was going on, or has succeeded
     * @param view its summary
     */
    public record Answer(String run, boolean begins, ObjectNode view) {}

    /**
     * Asks for a run.
     *
     * @param text a run file
     * @throws Refused if it is none, or it could not be done
     */
    public Answer request(String text) {
        var request = new RunRequests(log.now(), terms).resolve(text);
        var run = request.getRun();
        var known = log.now().run(run);
        var begins = known.isEmpty() || known.filter(RunView::mayBeginAgain).isPresent();
        if (begins) {
            var epoch = known.map(RunView::requestEpoch).orElse(0) + 1;
            var next = RunRequested.newBuilder(request).setRequestEpoch(epoch).build();
            RunRequests.trying("the run", () -> Topics.RUNS.encode(next));
            log.tell(Topics.RUNS, run, next, run);
        }
        return new Answer(run, begins, summary(run));
    }

    /** Every run, the newest first. */
    public List<ObjectNode> list() {
        return log.now().runs().stream().map(RunJson::summary).toList();
    }

    /**
     * All of a run.
     *
     * @throws Refused if there is none with this id
     */
    public ObjectNode show(String run) {
        return RunJson.detail(view(run));
    }

    /** The champion of each dataset that has one. */
    public List<ObjectNode> champions() {
        return log.now().champions().stream().map(RunJson::champion).toList();
    }

    /**
     * The champion of a dataset.
     *
     * @throws Refused if it has none
     */
    public ObjectNode champion(String dataset) {
        return champions().stream()
                .filter(champion -> champion.path("dataset").asText().equals(dataset))
                .findFirst()
                .orElseThrow(() -> Refused.unknown(
                        "dataset %s has no champion; GET /v1/champions lists those that have one".formatted(dataset)));
    }

    /**
     * Ends a run.
     *
     * @throws Refused if there is none with this id, or it has ended
     */
    public ObjectNode cancel(String beginning, String reason) {
        var run = view(beginning).run();
        return steer(run, RunState.CANCELLING, "cancelled", epoch -> new RunCancelled(run, OneLine.of(reason), epoch));
    }

    /**
     * Holds a run.
     *
     * @throws Refused if there is none with this id, or it has ended
     */
    public ObjectNode pause(String beginning, String reason) {
        var run = view(beginning).run();
        return steer(run, RunState.PAUSED, "paused", epoch -> new RunPaused(run, OneLine.of(reason), epoch));
    }

    /**
     * Lets a paused run go on.
     *
     * @throws Refused if there is none with this id, it is not paused, or it is for its budget
     */
    public ObjectNode resume(String beginning) {
        var view = view(beginning);
        var run = view.run();
        if (view.state() != RunState.PAUSED) {
            throw Refused.conflict("run %s is not paused (it is %s)".formatted(run, Word.of(view.state())));
        }
        if (view.spent().isPresent()) {
            throw Refused.conflict("run %s is paused for its budget: %s".formatted(run, view.reason()));
        }
        return steer(run, RunState.WAITING, "resumed", epoch -> new RunResumed(run, "", epoch));
    }

    /**
     * Gives a run another budget; one that has spent its own goes on if this one is larger.
     *
     * @param text what is otherwise than in the budget that it has
     * @throws Refused if there is no run with this id, it has ended, or that is no budget
     */
    public ObjectNode budget(String beginning, String text) {
        var view = view(beginning);
        var run = view.run();
        if (view.state().ended()) {
            throw Refused.conflict("run %s costs nothing any more: it is %s".formatted(run, Word.of(view.state())));
        }
        var budget = Body.read(text, body -> Overlay.on(view.budget(), body, Set.of()));
        terms.price().refusal(budget).ifPresent(reason -> {
            throw Refused.impossible(reason);
        });
        if (!budget.equals(view.budget())) {
            log.tell(Topics.RUNS, run, new RunBudgetChanged(run, budget, view.requestEpoch()), run);
        }
        return summary(run);
    }

    /**
     * Has a stage of a run make the best of what it has; asked for twice, it is told once.
     *
     * @param stage its name; empty for the one that the run is at
     * @throws Refused if there is no run with this id, it goes on no more, it has no such stage, or the stage has nothing yet
     *     that could be judged
     */
    public ObjectNode finish(String beginning, String stage, String reason) {
        var view = view(beginning);
        var run = view.run();
        var state = view.state();
        if (state.ended() || state == RunState.CANCELLING || state == RunState.BLOCKED) {
            throw Refused.conflict("run %s finishes nothing any more: it is %s".formatted(run, Word.of(state)));
        }
        var wanted = Finishable.of(view, stage);
        if (!view.finishing().contains(wanted)) {
            log.tell(
                    Topics.RUNS,
                    run,
                    new StageFinishRequested(run, wanted, OneLine.of(reason), view.requestEpoch()),
                    run);
        }
        return summary(run);
    }

    private ObjectNode steer(String run, RunState wanted, String what, IntFunction<SpecificRecord> word) {
        var view = view(run);
        var state = view.state();
        var isEnding = state == RunState.CANCELLING || state == RunState.BLOCKED;
        if (state.ended() || (isEnding && wanted != RunState.CANCELLING)) {
            throw Refused.conflict("run %s cannot be %s any more: it is %s".formatted(run, what, Word.of(state)));
        }
        if (state != wanted) {
            log.tell(Topics.RUNS, run, word.apply(view.requestEpoch()), run);
        }
        return summary(run);
    }

    /** The run of this id, or the one whose id begins so. */
    private RunView view(String run) {
        var board = log.now();
        return board.run(run).orElseGet(() -> {
            var found = run.length() < SHORTEST ? List.<RunView>of() : board.runsBeginning(run);
            if (found.size() == 1) {
                return found.get(0);
            }
            throw Refused.unknown(
                    found.isEmpty()
                            ? "there is no run %s; GET /v1/runs lists them".formatted(run)
                            : "%s could be %s; write more of it"
                                    .formatted(
                                            run,
                                            found.stream().map(RunView::run).collect(Collectors.joining(" or "))));
        });
    }

    private ObjectNode summary(String run) {
        return RunJson.summary(view(run));
    }
}
