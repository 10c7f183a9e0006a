package io.dartboard.local;

import io.dartboard.local.home.Instance;
import io.dartboard.local.show.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Stops one member, if it still lives, and starts it again. */
@Command(
        name = "restart",
        mixinStandardHelpOptions = true,
        description = "Stop one service, if it still lives, and start it again.")
final class RestartCommand implements Callable<Integer> {
    @Mixin
    private final StackOptions stack;

    @Parameters(
            paramLabel = "SERVICE",
            description =
                    "stack (Kafka and S3), search-svc, derive-svc, eval-svc, transfer-svc, or a further worker as eval-svc-2.")
    private String service = "";

    RestartCommand(Terminal terminal) {
        stack = new StackOptions(terminal);
    }

    @Override
    public Integer call() {
        stack.launcher().restart(Instance.named(service, stack.ports().workers()));
        return Exit.OK;
    }
}
