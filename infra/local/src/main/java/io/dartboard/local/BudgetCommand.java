package io.dartboard.local;

import io.dartboard.local.show.BudgetText;
import io.dartboard.local.show.Terminal;
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
        try (var live = LiveBoard.open(stack.requireRunning().kafka())) {
            var id = live.run(run).run();
            var given = budget.given();
            if (!given.isEmpty()) {
                stack.api().budget(id, given);
            }
            var view = live.run(id);
            var limits = BudgetText.limits(view);
            stack.terminal()
                    .line("run %s may cost %s%s"
                            .formatted(
                                    id,
                                    limits.isEmpty() ? "what it likes" : limits,
                                    view.spent().isPresent() ? "; " + view.reason() : ""));
        }
        return Exit.OK;
    }
}
