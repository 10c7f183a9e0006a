package io.dartboard.local;

import io.dartboard.local.show.Terminal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Follows a run to its end. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description = {
            "Follow a run to its end; ends with 0 if it succeeded. Ctrl-C stops watching, not the run.",
            "It also ends where the stack is taken down, or a service that the run needs stays down for two minutes."
        })
final class WatchCommand implements Callable<Integer> {
    @Mixin
    private final StackOptions stack;

    @Parameters(paramLabel = "RUN", description = "The run's id, or how it begins.")
    private String run = "";

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "Stop watching after this time, as 30s, 10m or 2h, and end with 4 if the run goes on.")
    private @Nullable String timeout;

    WatchCommand(Terminal terminal) {
        stack = new StackOptions(terminal);
    }

    @Override
    public Integer call() {
        var within = timeout == null ? Watching.FOR_EVER : duration(timeout);
        return Watching.untilTheEnd(stack.requireRunning(), run, within);
    }

    private static Duration duration(String text) {
        try {
            var duration = Duration.parse("PT" + text.strip());
            if (!duration.isNegative() && !duration.isZero()) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            // Said below.
        }
        throw CommandFailure.badInput("--timeout must be a time such as 30s, 10m or 2h (was '%s')".formatted(text));
    }
}
