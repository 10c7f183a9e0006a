package io.dartboard.local;

import io.dartboard.local.show.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Follows a run to its end. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description = "Follow a run to its end; ends with 0 if it succeeded. Ctrl-C stops watching, not the run.")
final class WatchCommand implements Callable<Integer> {
    @Mixin
    private final StackOptions stack;

    @Parameters(paramLabel = "RUN", description = "The run's id, or how it begins.")
    private String run = "";

    WatchCommand(Terminal terminal) {
        stack = new StackOptions(terminal);
    }

    @Override
    public Integer call() {
        return Watching.untilTheEnd(stack.requireRunning(), run);
    }
}
