package io.dartboard.local;

import io.dartboard.local.home.Member;
import io.dartboard.local.show.Terminal;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts what does not run. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Start Kafka, S3 and the four services; what already runs is left alone.")
final class UpCommand implements Callable<Integer> {
    @Mixin
    private final StackOptions stack;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description =
                    "Processes of each service that trains; those after the first do jobs and nothing else (default: as"
                            + " the stack has, or 1).")
    private @Nullable Integer workers;

    UpCommand(Terminal terminal) {
        stack = new StackOptions(terminal);
    }

    @Override
    public Integer call() {
        up(stack, workers);
        var ports = stack.ports();
        stack.terminal().line("");
        stack.terminal().line("  REST       %s  (OpenAPI at /q/openapi)".formatted(ports.restAddress(Member.SEARCH)));
        stack.terminal().line("  Kafka      %s".formatted(ports.bootstrapServers()));
        stack.terminal()
                .line("  S3         %s, bucket nas, credentials in %s"
                        .formatted(ports.s3Endpoint(), stack.home().credentialsFile()));
        stack.terminal().line("  logs       %s".formatted(stack.home().logs()));
        return Exit.OK;
    }

    static void up(StackOptions stack, @Nullable Integer workers) {
        var launcher = stack.launcher(workers);
        stack.terminal().line("Starting the stack in %s".formatted(stack.home().root()));
        launcher.up();
    }
}
