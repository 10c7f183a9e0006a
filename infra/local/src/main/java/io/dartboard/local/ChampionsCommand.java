package io.dartboard.local;

import io.dartboard.events.ChampionDecided;
import io.dartboard.local.show.Quantity;
import io.dartboard.local.show.Terminal;
import io.dartboard.pipeline.score.Spread;
import io.dartboard.pipeline.view.RunBoard;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells the champion of each dataset. */
@Command(
        name = "champions",
        mixinStandardHelpOptions = true,
        description = "Show the champion of each dataset: its cell, the run that found it, and by what it stands.")
final class ChampionsCommand implements Callable<Integer> {
    @Mixin
    private final StackOptions stack;

    @Option(names = "--dataset", paramLabel = "NAME", description = "Of this dataset alone; its genotype goes with it.")
    private String dataset = "";

    ChampionsCommand(Terminal terminal) {
        stack = new StackOptions(terminal);
    }

    @Override
    public Integer call() {
        try (var live = LiveBoard.open(stack.requireRunning().kafka())) {
            var board = live.board();
            var champions = board.champions().stream()
                    .filter(decided -> dataset.isEmpty() || decided.getDataset().equals(dataset))
                    .toList();
            champions.forEach(decided -> line(decided, board));
            if (champions.isEmpty()) {
                stack.terminal()
                        .line(
                                dataset.isEmpty()
                                        ? "no dataset has a champion yet: no run has ended with PROMOTED"
                                        : "dataset %s has no champion: no run on it has ended with PROMOTED"
                                                .formatted(dataset));
                return dataset.isEmpty() ? Exit.OK : Exit.RUN_FAILED;
            }
        }
        return Exit.OK;
    }

    private void line(ChampionDecided decided, RunBoard board) {
        var terminal = stack.terminal();
        var champion = Objects.requireNonNull(decided.getChampion());
        var age = board.run(champion.getRun())
                .flatMap(view -> view.finishedAt())
                .map(at -> "  crowned %s ago".formatted(Quantity.seconds((double) Math.max(
                        0, Duration.between(at, Clock.systemUTC().instant()).toSeconds()))))
                .orElse("");
        terminal.line("%s@%s  run %s  cell %s  %s%s"
                .formatted(
                        terminal.bold(decided.getDataset()),
                        decided.getDatasetVersion(),
                        champion.getRun(),
                        champion.getHash(),
                        Spread.of(champion),
                        age));
        if (!dataset.isEmpty()) {
            terminal.line("  " + champion.getGenotype());
            decided.getReasons().forEach(reason -> terminal.line("  · " + reason));
        }
    }
}
