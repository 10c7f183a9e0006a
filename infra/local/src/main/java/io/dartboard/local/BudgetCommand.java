package io.dartboard.local;

import io.dartboard.local.show.BudgetText;
import io.dartboard.local.show.Terminal;
import io.dartboard.pipeline.view.RunView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Changes what a run may cost. */
@Command(
        name = "budget",
        mixinStandardHelpOptions = true,
        description = {
            "Show or change what a run may cost in all, what it has cost included; what is left out stays as it is.",
            "A run that has spent its budget is paused with its checkpoints, and goes on once it has more."
        })
final class BudgetCommand implements Callable<Integer> {
    @Mixin
    private final StackOptions stack;

    @Mixin
    private final BudgetOptions budget = new BudgetOptions();

    @Parameters(paramLabel = "RUN", description = "The run's id, or how it begins.")
    private String run = "";

    BudgetCommand(Terminal terminal) {
        stack = new StackOptions(terminal);
    }

    @Override
    public Integer call() {
        var kafka = stack.requireRunning().kafka();
        String id;
        try (var live = LiveBoard.open(kafka)) {
            id = live.run(run).run();
        }
        var given = budget.given();
        if (!given.isEmpty()) {
            stack.api().budget(id, given);
        }
        try (var live = LiveBoard.open(kafka)) {
            stack.terminal().line(told(live.run(id)));
        }
        return Exit.OK;
    }

    private static String told(RunView view) {
        var limits = BudgetText.limits(view);
        return "run %s may cost %s%s"
                .formatted(
                        view.run(),
                        limits.isEmpty() ? "what it likes" : limits,
                        view.spent().isPresent() ? "; " + view.reason() : "");
    }
}
