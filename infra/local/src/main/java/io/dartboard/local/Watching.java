package io.dartboard.local;

import io.dartboard.local.home.Instance;
import io.dartboard.local.home.Member;
import io.dartboard.local.launch.ServiceLog;
import io.dartboard.local.show.WatchScreen;
import io.dartboard.pipeline.view.RunState;
import io.dartboard.pipeline.view.RunView;
import io.dartboard.pipeline.view.StageView;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.concurrent.atomic.AtomicBoolean;

/** Follows one run on the terminal until it ends, and says why where it did not succeed. */
final class Watching {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int LOG_LINES = 8;

    private Watching() {}

    /** Exit code of the run. */
    static int untilTheEnd(StackOptions stack, String run) {
        try (var live = LiveBoard.open(stack.kafka())) {
            return exitCode(follow(stack, live, run));
        }
    }

    /** The run as it ended. */
    static RunView follow(StackOptions stack, LiveBoard live, String beginning) {
        var run = live.run(beginning).run();
        var terminal = stack.terminal();
        var screen = new WatchScreen(terminal);
        var launcher = stack.launcher();
        var mourned = new HashSet<Instance>();
        var over = new AtomicBoolean();
        var farewell = new Thread(() -> {
            if (!over.get()) {
                terminal.line("%nthe run goes on; see it with: infra/run watch %s".formatted(run));
            }
        });
        Runtime.getRuntime().addShutdownHook(farewell);
        while (true) {
            var view = live.run(run);
            screen.show(view, Clock.systemUTC().instant());
            if (view.state().ended()) {
                over.set(true);
                Runtime.getRuntime().removeShutdownHook(farewell);
                explain(stack, view);
                return view;
            }
            for (var instance : launcher.died()) {
                if (mourned.add(instance)) {
                    screen.say(terminal.yellow("%s has ended on its own; start it again with: infra/run restart %s"
                            .formatted(instance.id(), instance.id())));
                    new ServiceLog(stack.home(), instance)
                            .linesThatMatter("", LOG_LINES)
                            .forEach(line -> screen.say("  " + line));
                }
            }
            mourned.removeIf(instance -> launcher.process(instance).isPresent());
            pause();
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
                        view.reason().isEmpty() ? "" : ": " + view.reason())));
        if (view.state() == RunState.CANCELLED) {
            return;
        }
        var last = view.failures().stream()
                .filter(failed -> !failed.getRetryable())
                .reduce((a, b) -> b);
        var instance =
                Instance.first(last.map(failed -> memberOf(failed.getStage())).orElse(Member.SEARCH));
        var job = last.map(failed -> failed.getJob()).orElse("");
        var lines = new ServiceLog(stack.home(), instance).linesThatMatter(job, LOG_LINES);
        if (!lines.isEmpty()) {
            terminal.line(terminal.dim("from " + stack.home().log(instance)));
            lines.forEach(line -> terminal.line("  " + line));
        }
    }

    private static Member memberOf(String stage) {
        return switch (stage) {
            case StageView.SELECTION, StageView.EVALUATION -> Member.EVAL;
            case StageView.TRANSFER -> Member.TRANSFER;
            default -> Member.SEARCH;
        };
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
