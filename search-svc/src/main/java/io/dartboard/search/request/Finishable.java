package io.dartboard.search.request;

import io.dartboard.events.Stage;
import io.dartboard.pipeline.view.RunView;
import io.dartboard.pipeline.view.StageView;
import io.dartboard.search.body.Refused;
import java.util.stream.Collectors;

/** Which stage of a run can make the best of what it has. */
final class Finishable {
    private Finishable() {}

    /**
     * The stage that is meant.
     *
     * @param stage its name; empty for the first that is not complete
     * @throws Refused if there is none of this name, or it is complete, or has nothing yet that could be judged
     */
    static String of(RunView view, String stage) {
        var meant = view.stages().stream()
                .filter(each ->
                        stage.isEmpty() ? !each.complete() : each.stage().equals(stage))
                .findFirst()
                .orElseThrow(() -> stage.isEmpty()
                        ? Refused.conflict("every stage of run %s is complete".formatted(view.run()))
                        : Refused.impossible("run %s has no stage '%s'; it has %s"
                                .formatted(
                                        view.run(),
                                        stage,
                                        view.stages().stream()
                                                .map(StageView::stage)
                                                .collect(Collectors.joining(", ")))));
        if (view.finishing().contains(meant.stage())) {
            return meant.stage();
        }
        if (meant.complete()) {
            throw Refused.conflict("the %s of run %s is complete".formatted(meant.stage(), view.run()));
        }
        requireSomething(view, meant.stage());
        return meant.stage();
    }

    private static void requireSomething(RunView view, String stage) {
        if (stage.equals(StageView.SEARCH)) {
            view.searches().stream()
                    .filter(search -> search.lastGenotype().isEmpty())
                    .findFirst()
                    .ifPresent(search -> {
                        throw Refused.conflict(
                                "the search with seed %d of run %s has no epoch behind it, so there are no alphas to derive a cell from; ask again once it has, or cancel the run"
                                        .formatted(search.seed(), view.run()));
                    });
        } else if (!hasBegun(view, stage)) {
            throw Refused.conflict("the %s of run %s has not begun, so there is nothing to judge; ask again once it has"
                    .formatted(stage, view.run()));
        }
    }

    private static boolean hasBegun(RunView view, String stage) {
        var hasResult = stage.equals(StageView.SELECTION)
                        && !view.retrainings(Stage.SELECTION).isEmpty()
                || stage.equals(StageView.EVALUATION)
                        && !view.retrainings(Stage.FULL).isEmpty();
        return hasResult
                || view.live().stream()
                        .anyMatch(live -> live.word().getStage().equals(stage)
                                && live.word().getFraction() > 0);
    }
}
