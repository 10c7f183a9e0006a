package io.dartboard.local;

import io.dartboard.local.launch.Launcher;
import io.dartboard.local.show.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Stops the stack. */
@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        description =
                "Stop the services, then Kafka and S3. Running jobs write a checkpoint and go on after the next up.")
final class DownCommand implements Callable<Integer> {
    @Mixin
    private final StackOptions stack;

    @Option(names = "--purge", description = "Then remove the stack's folder: data, artifacts and logs.")
    private boolean purge;

    DownCommand(Terminal terminal) {
        stack = new StackOptions(terminal);
    }

    @Override
    public Integer call() {
        stack.launcher().down();
        if (purge) {
            Launcher.purge(stack.home());
            stack.terminal().line("removed %s".formatted(stack.home().root()));
        } else {
            stack.terminal()
                    .line("down; data and artifacts stay in %s"
                            .formatted(stack.home().root()));
        }
        return Exit.OK;
    }
}
