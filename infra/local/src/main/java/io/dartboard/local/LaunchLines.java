package io.dartboard.local;

import io.dartboard.local.home.Member;
import io.dartboard.local.launch.LaunchProgress;
import io.dartboard.local.show.Terminal;
import java.util.EnumMap;
import java.util.Map;

/** Tells a person how starting and stopping go: a line for each member that is ready, and why one is late. */
final class LaunchLines implements LaunchProgress {
    private static final long LATE_SECONDS = 15;

    private final Terminal terminal;
    private final Map<Member, Long> toldLate = new EnumMap<>(Member.class);

    LaunchLines(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void waiting(Member member, String reason, long seconds) {
        if (seconds - toldLate.getOrDefault(member, 0L) >= LATE_SECONDS) {
            toldLate.put(member, seconds);
            terminal.line(terminal.dim("  … %-12s %d s: %s".formatted(member.id(), seconds, reason)));
        }
    }

    @Override
    public void ready(Member member, long seconds) {
        var what = member == Member.STACK ? "Kafka and S3" : member.id();
        terminal.line("  %s %-12s ready%s"
                .formatted(terminal.green("✓"), what, seconds > 0 ? " after %d s".formatted(seconds) : ""));
    }

    @Override
    public void stopping(Member member) {
        terminal.line("  stopping " + (member == Member.STACK ? "Kafka and S3" : member.id()));
    }

    @Override
    public void killing(Member member, long seconds) {
        terminal.line(terminal.yellow("  %s did not end within %d s; killing it".formatted(member.id(), seconds)));
    }
}
