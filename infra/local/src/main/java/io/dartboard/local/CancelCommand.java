package io.dartboard.local;

import io.dartboard.local.show.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Ends a run. */
@Command(
        name = "cancel",
        mixinStandardHelpOptions = true,
        description = "End a run: its jobs stop within one step, unless another run waits for them too.")
final class CancelCommand implements Callable<Integer> {
    @Mixin
    private final StackOptions stack;

    @Parameters(paramLabel = "RUN", description = "The run's id, or how it begins.")
    private String run = "";

    CancelCommand(Terminal terminal) {
        stack = new StackOptions(terminal);
    }

    @Override
    public Integer call() {
        try (var live = LiveBoard.open(stack.requireRunning().kafka())) {
            var view = live.run(run);
            stack.api().cancel(view.run());
            stack.terminal().line("run %s is being cancelled".formatted(view.run()));
        }
        return Exit.OK;
    }
}
