package io.dartboard.local;

import io.dartboard.events.ChampionDecided;
import io.dartboard.local.launch.Artifacts;
import io.dartboard.local.show.Quantity;
import io.dartboard.local.show.Terminal;
import io.dartboard.pipeline.artifact.StoreUnavailable;
import io.dartboard.pipeline.evidence.EvidenceShelf;
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
        try (var live = LiveBoard.open(stack.requireRunning().kafka());
                var store = Artifacts.store(stack.home(), stack.ports())) {
            var shelf = new EvidenceShelf(store);
            var board = live.board();
            var champions = board.champions().stream()
                    .filter(decided -> dataset.isEmpty() || decided.getDataset().equals(dataset))
                    .toList();
            champions.forEach(decided -> line(decided, board, shelf));
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

    private void line(ChampionDecided decided, RunBoard board, EvidenceShelf shelf) {
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
        terminal.line("  evidence  " + evidence(champion.getRun(), shelf));
        if (!dataset.isEmpty()) {
            terminal.line("  " + champion.getGenotype());
            decided.getReasons().forEach(reason -> terminal.line("  · " + reason));
        }
    }

    private static String evidence(String run, EvidenceShelf shelf) {
        try {
            return shelf.find(run)
                    .map(pack -> "%s  %s".formatted(pack.getUri(), Quantity.bytes(pack.getBytes())))
                    .orElse("is not packed yet");
        } catch (StoreUnavailable e) {
            return "is not known while the store is away";
        }
    }
}
