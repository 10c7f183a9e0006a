package io.dartboard.local;

import io.dartboard.local.home.Instance;
import io.dartboard.local.home.Member;
import io.dartboard.local.launch.ProcessStanding;
import io.dartboard.local.launch.ServiceLog;
import io.dartboard.local.show.Quantity;
import io.dartboard.local.show.Situation;
import io.dartboard.local.show.TerminalWords;
import io.dartboard.local.show.WatchScreen;
import io.dartboard.pipeline.view.RunState;
import io.dartboard.pipeline.view.RunView;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.concurrent.atomic.AtomicBoolean;

/** Follows one run on the terminal until it ends, and says why where it did not succeed. */
final class Watching {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int LOG_LINES = 8;
    /** A restart takes less. */
    private static final Duration STOPPED_FOR = Duration.ofSeconds(15);

    private static final Duration DOWN_FOR = Duration.ofMinutes(2);
    private static final Duration BEFORE_DEATH = Duration.ofMinutes(1);
    private static final Duration BEFORE_FAILURE = Duration.ofMinutes(2);

    private Watching() {}

    /** As long as the run takes. */
    static final Duration FOR_EVER = Duration.ofDays(36_500);

    /** Exit code of the run. */
    static int untilTheEnd(StackOptions stack, String run) {
        return untilTheEnd(stack, run, FOR_EVER);
    }

    /** The same, within some time. */
    static int untilTheEnd(StackOptions stack, String run, Duration atMost) {
        try (var live = LiveBoard.open(stack.kafka())) {
            var view = follow(stack, live, run, atMost);
            if (view.state().ended()) {
                RunFiles.write(stack, view);
            }
            return exitCode(view);
        }
    }

    /** The run as it ended. */
    static RunView follow(StackOptions stack, LiveBoard live, String beginning) {
        return follow(stack, live, beginning, FOR_EVER);
    }

    /**
     * The run as it ended.
     *
     * @throws CommandFailure if it goes on, but the time is over, or nothing more can be seen of it
     */
    private static RunView follow(StackOptions stack, LiveBoard live, String beginning, Duration atMost) {
        var run = live.run(beginning).run();
        var terminal = stack.terminal();
        var screen = new WatchScreen(terminal);
        var launcher = stack.launcher();
        var clock = Clock.systemUTC();
        var begun = clock.instant();
        var mourned = new HashSet<Instance>();
        var over = new AtomicBoolean();
        var farewell = new Thread(() -> {
            if (!over.get()) {
                terminal.line("%nthe run goes on; see it with: infra/run watch %s".formatted(run));
            }
        });
        Runtime.getRuntime().addShutdownHook(farewell);
        try {
            while (true) {
                var now = clock.instant();
                var view = live.run(run);
                var processes = launcher.standings();
                var situation = Situation.of(view, processes, () -> live.atWorkForOthers(run, now), now);
                screen.show(view, situation, now);
                if (situation.name() == Situation.Name.ENDED) {
                    explain(stack, view);
                    return view;
                }
                processes.stream()
                        .filter(process -> process.life() == ProcessStanding.Life.DIED)
                        .filter(process -> mourned.add(process.instance()))
                        .forEach(process -> mourn(stack, screen, process));
                mourned.removeIf(instance -> launcher.process(instance).isPresent());
                giveUp(run, situation, Duration.between(begun, now), atMost, now);
                pause();
            }
        } finally {
            over.set(true);
            removeHook(farewell);
        }
    }

    /** Ends the watch where there is nothing more to see, or no more time. */
    static void giveUp(String run, Situation situation, Duration watched, Duration atMost, Instant now) {
        var lasting = Duration.between(situation.since(), now);
        var again = "the run goes on; see it with: infra/run watch " + run;
        if (situation.name() == Situation.Name.STOPPED && lasting.compareTo(STOPPED_FOR) > 0) {
            throw CommandFailure.goesOn("%s. After that %s".formatted(situation.why(), again));
        }
        if (situation.name() == Situation.Name.SERVICE_DOWN
                && lasting.compareTo(DOWN_FOR) > 0
                && watched.compareTo(DOWN_FOR) > 0) {
            throw CommandFailure.environment("%s. After that %s".formatted(situation.why(), again));
        }
        if (watched.compareTo(atMost) >= 0) {
            throw CommandFailure.goesOn("watched for %s and it has not ended (%s); %s"
                    .formatted(Quantity.seconds((double) atMost.toSeconds()), situation.line(now), again));
        }
    }

    /** What a dead process wrote in its last minute. */
    private static void mourn(StackOptions stack, WatchScreen screen, ProcessStanding process) {
        var instance = process.instance();
        screen.say(stack.terminal()
                .yellow("%s has ended on its own; start it again with: infra/run restart %s"
                        .formatted(instance.id(), instance.id())));
        new ServiceLog(stack.home(), instance)
                .linesThatMatter("", process.since().minus(BEFORE_DEATH), LOG_LINES)
                .forEach(line -> screen.say("  " + line));
    }

    private static void removeHook(Thread farewell) {
        try {
            Runtime.getRuntime().removeShutdownHook(farewell);
        } catch (IllegalStateException e) {
            // The process is going down, and the hook has run.
        }
    }

    static int exitCode(RunView view) {
        return view.state() == RunState.SUCCEEDED ? Exit.OK : Exit.RUN_FAILED;
    }

    /** The cause of a bad end, and what the service concerned said in its log. */
    private static void explain(StackOptions stack, RunView view) {
        var terminal = stack.terminal();
        if (view.state() == RunState.SUCCEEDED) {
            return;
        }
        terminal.line(terminal.red("run %s %s%s"
                .formatted(
                        view.run(),
                        view.state() == RunState.CANCELLED ? "was cancelled" : "failed",
                        view.reason().isEmpty() ? "" : ": " + TerminalWords.of(view.reason()))));
        if (view.state() == RunState.CANCELLED) {
            return;
        }
        var last = view.failures().stream()
                .filter(failed -> !failed.getRetryable())
                .reduce((a, b) -> b);
        var instance = Instance.first(
                last.map(failed -> Situation.memberOf(failed.getStage())).orElse(Member.SEARCH));
        var job = last.map(failed -> failed.getJob()).orElse("");
        var lines = new ServiceLog(stack.home(), instance)
                .linesThatMatter(job, view.since().minus(BEFORE_FAILURE), LOG_LINES);
        if (!lines.isEmpty()) {
            terminal.line(terminal.dim("from " + stack.home().log(instance)));
            lines.forEach(line -> terminal.line("  " + line));
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailure.environment("interrupted");
        }
    }
}
