package io.dartboard.local;

import io.dartboard.local.show.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Holds a run. */
@Command(
        name = "pause",
        mixinStandardHelpOptions = true,
        description = "Pause a run: its jobs write a checkpoint within one step and free their devices; none starts.")
final class PauseCommand implements Callable<Integer> {
    @Mixin
    private final StackOptions stack;

    @Parameters(paramLabel = "RUN", description = "The run's id, or how it begins.")
    private String run = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, in one line; watch and status show it.")
    private String reason = "";

    PauseCommand(Terminal terminal) {
        stack = new StackOptions(terminal);
    }

    @Override
    public Integer call() {
        try (var live = LiveBoard.open(stack.requireRunning().kafka())) {
            var view = live.run(run);
            stack.api().pause(view.run(), reason);
            stack.terminal().line("run %s pauses; go on with: infra/run resume %s".formatted(view.run(), view.run()));
        }
        return Exit.OK;
    }
}
