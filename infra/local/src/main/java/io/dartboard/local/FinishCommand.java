package io.dartboard.local;

import io.dartboard.local.show.Terminal;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Ends a stage of a run with what it has. */
@Command(
        name = "finish",
        mixinStandardHelpOptions = true,
        description = {
            "Finish a stage of a run now: what it has is judged by its own rule, and the run goes on with the next stage.",
            "Cells are derived from the alphas of the last epoch; a training that has no epoch behind it ends with its first,"
                    + " and one that another run wants in full goes on for that one."
        })
final class FinishCommand implements Callable<Integer> {
    @Mixin
    private final StackOptions stack;

    @Parameters(paramLabel = "RUN", description = "The run's id, or how it begins.")
    private String run = "";

    @Option(
            names = "--stage",
            paramLabel = "STAGE",
            description = "search, selection, evaluation or transfer (default: the one that the run is at).")
    private String stage = "";

    FinishCommand(Terminal terminal) {
        stack = new StackOptions(terminal);
    }

    @Override
    public Integer call() {
        try (var live = LiveBoard.open(stack.requireRunning().kafka())) {
            var view = live.run(run);
            var finishing = stack.api().finish(view.run(), stage).path("finishing");
            var stages = new StringJoiner(", ");
            finishing.forEach(each -> stages.add(each.asText()));
            stack.terminal().line("run %s finishes: %s".formatted(view.run(), stages));
        }
        return Exit.OK;
    }
}
