package io.dartboard.local;

import io.dartboard.local.show.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets a paused run go on. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        description = "Let a paused run go on: its jobs begin at their checkpoints.")
final class ResumeCommand implements Callable<Integer> {
    @Mixin
    private final StackOptions stack;

    @Parameters(paramLabel = "RUN", description = "The run's id, or how it begins.")
    private String run = "";

    @Option(names = "--watch", description = "Watch the run to its end.")
    private boolean watch;

    ResumeCommand(Terminal terminal) {
        stack = new StackOptions(terminal);
    }

    @Override
    public Integer call() {
        String resumed;
        try (var live = LiveBoard.open(stack.requireRunning().kafka())) {
            resumed = live.run(run).run();
            stack.api().resume(resumed);
            stack.terminal().line("run %s goes on".formatted(resumed));
        }
        return watch ? Watching.untilTheEnd(stack, resumed) : Exit.OK;
    }
}
