package io.dartboard.local;

import io.dartboard.local.show.RunComparison;
import io.dartboard.local.show.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Holds two runs against each other. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description = {
            "Show two runs side by side: what was asked for differently, what came of it, how far their cells are apart,"
                    + " and whether their figures can be compared.",
            "Example: infra/run compare r1a2 r9f0"
        })
final class CompareCommand implements Callable<Integer> {
    @Mixin
    private final StackOptions stack;

    @Parameters(index = "0", paramLabel = "RUN", description = "A run's id, or how it begins.")
    private String first = "";

    @Parameters(index = "1", paramLabel = "RUN", description = "The other's.")
    private String second = "";

    CompareCommand(Terminal terminal) {
        stack = new StackOptions(terminal);
    }

    @Override
    public Integer call() {
        try (var live = LiveBoard.open(stack.requireRunning().kafka())) {
            var one = live.run(first);
            var other = live.run(second);
            if (one.run().equals(other.run())) {
                throw CommandFailure.badInput("%s and %s are the same run, %s; infra/run status %s shows it"
                        .formatted(first, second, one.run(), one.run()));
            }
            new RunComparison(stack.terminal()).lines(one, other).forEach(stack.terminal()::line);
        }
        return Exit.OK;
    }
}
