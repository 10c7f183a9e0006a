package io.dartboard.local;

import io.dartboard.local.home.Instance;
import io.dartboard.local.home.Member;
import io.dartboard.local.show.Quantity;
import io.dartboard.local.show.RunCard;
import io.dartboard.local.show.Terminal;
import io.dartboard.local.show.TerminalWords;
import io.dartboard.pipeline.score.SeedScores;
import io.dartboard.pipeline.view.RunState;
import io.dartboard.pipeline.view.RunView;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows the stack and its runs, or one run's card. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Show the stack's members, datasets and runs; with a run, its card.")
final class StatusCommand implements Callable<Integer> {
    /** What a job said of the time that is left holds for so long. */
    private static final Duration FRESH = Duration.ofSeconds(30);

    @Mixin
    private final StackOptions stack;

    @Parameters(arity = "0..1", paramLabel = "RUN", description = "The run's id, or how it begins.")
    private String run = "";

    StatusCommand(Terminal terminal) {
        stack = new StackOptions(terminal);
    }

    @Override
    public Integer call() {
        if (run.isEmpty()) {
            return all();
        }
        try (var live = LiveBoard.open(stack.requireRunning().kafka())) {
            RunFiles.show(stack, live.run(run));
        }
        return Exit.OK;
    }

    private int all() {
        var terminal = stack.terminal();
        var launcher = stack.launcher();
        var whole = true;
        terminal.line(terminal.bold("Stack") + "  " + stack.home().root());
        for (var instance : stack.ports().instances()) {
            var standing = launcher.standing(instance);
            var up = standing.equals("ready");
            whole &= up;
            terminal.line("  %s %-14s %s%s"
                    .formatted(
                            up ? terminal.green("●") : terminal.red("○"),
                            instance.title(),
                            standing,
                            launcher.process(instance)
                                    .map(process -> terminal.dim("  process %d, ports %s"
                                            .formatted(
                                                    process.pid(),
                                                    stack.ports().of(instance).keySet().stream()
                                                            .map(port -> Integer.toString(port))
                                                            .collect(Collectors.joining(" ")))))
                                    .orElse("")));
        }
        if (launcher.process(Instance.first(Member.STACK)).isPresent()) {
            board();
        }
        return whole ? Exit.OK : Exit.ENVIRONMENT;
    }

    private void board() {
        var terminal = stack.terminal();
        try (var live = LiveBoard.open(stack.kafka())) {
            terminal.line("");
            terminal.line(terminal.bold("Datasets"));
            if (live.board().datasets().isEmpty()) {
                terminal.line("  none; publish one with: infra/run datasets publish PATH --name NAME");
            }
            live.board().datasets().forEach(published -> terminal.line("  " + DatasetsCommand.line(published)));
            terminal.line("");
            terminal.line(terminal.bold("Runs"));
            if (live.board().runs().isEmpty()) {
                terminal.line("  none; ask for one with: infra/run submit FILE, or infra/run demo");
            }
            var now = Clock.systemUTC().instant();
            live.board().runs().forEach(view -> terminal.line("  " + line(view, now)));
            RunFiles.refresh(stack, live.board().runs());
        }
    }

    /** A run in a line: what it is about, where it stands and for how long, what is left of it, and what it came to. */
    static String line(RunView view, Instant now) {
        var stages = view.stages().stream()
                .map(stage -> "%s %d/%d".formatted(stage.stage(), stage.done(), stage.total()))
                .collect(Collectors.joining("  "));
        var score = view.challenger()
                .map(evaluated -> SeedScores.of(evaluated).spread())
                .map(spread -> "  test %s %s".formatted(spread.name(), spread))
                .orElse("");
        var given = view.given() ? "  " + RunCard.givenName(view) : "";
        var verdict = view.verdict().map(decided -> "  " + decided.getVerdict()).orElse("");
        var reason = view.reason().isEmpty() ? "" : "  (%s)".formatted(TerminalWords.of(view.reason()));
        return "%s  %s  %-10s  asked %s ago%s  %s%s%s%s%s"
                .formatted(
                        view.run(),
                        "%s@%s"
                                .formatted(
                                        view.request().getDataset(),
                                        view.request().getDatasetVersion()),
                        view.state(),
                        Quantity.seconds((double) Math.max(
                                0, Duration.between(view.requestedAt(), now).toSeconds())),
                        left(view, now),
                        stages,
                        score,
                        verdict,
                        given,
                        reason);
    }

    /** What its jobs say of the time that is left to them, of those that come further. */
    private static String left(RunView view, Instant now) {
        if (view.state() != RunState.RUNNING) {
            return "";
        }
        return view.live().stream()
                .filter(job -> job.isMoving(now, FRESH) && job.word().getEtaSeconds() >= 0)
                .max(Comparator.comparingDouble(job -> job.word().getEtaSeconds()))
                .map(job -> "  %s ends in %s"
                        .formatted(
                                job.word().getStage(),
                                Quantity.seconds(job.word().getEtaSeconds())))
                .orElse("");
    }
}
