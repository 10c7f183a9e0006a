package io.dartboard.local;

import io.dartboard.local.home.Instance;
import io.dartboard.local.launch.LaunchProgress;
import io.dartboard.local.show.Terminal;
import java.util.HashMap;
import java.util.Map;

/** Tells a person how starting and stopping go: a line for each member that is ready, and why one is late. */
final class LaunchLines implements LaunchProgress {
    private static final long LATE_SECONDS = 15;

    private final Terminal terminal;
    private final Map<Instance, Long> toldLate = new HashMap<>();

    LaunchLines(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void waiting(Instance instance, String reason, long seconds) {
        if (seconds - toldLate.getOrDefault(instance, 0L) >= LATE_SECONDS) {
            toldLate.put(instance, seconds);
            terminal.line(terminal.dim("  … %-14s %d s: %s".formatted(instance.id(), seconds, reason)));
        }
    }

    @Override
    public void ready(Instance instance, long seconds) {
        terminal.line("  %s %-14s ready%s"
                .formatted(terminal.green("✓"), instance.title(), seconds > 0 ? " after %d s".formatted(seconds) : ""));
    }

    @Override
    public void stopping(Instance instance) {
        terminal.line("  stopping " + instance.title());
    }

    @Override
    public void killing(Instance instance, long seconds) {
        terminal.line(terminal.yellow("  %s did not end within %d s; killing it".formatted(instance.id(), seconds)));
    }
}
