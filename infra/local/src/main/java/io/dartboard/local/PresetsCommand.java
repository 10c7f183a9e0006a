package io.dartboard.local;

import io.dartboard.local.show.Terminal;
import io.dartboard.nas.preset.Preset;
import io.dartboard.nas.preset.Presets;
import io.dartboard.nas.searchspace.SearchSpace;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints the presets. Needs no stack. */
@Command(
        name = "presets",
        mixinStandardHelpOptions = true,
        description = {
            "Print the papers' recipes, each with its source and every value.",
            "A section of a run's file names one and writes beside it what shall be otherwise: "
                    + "\"search\": {\"preset\": \"darts-cifar10-second-order\", \"epochs\": 5}"
        })
final class PresetsCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Only this one.")
    private String name = "";

    PresetsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var shown = name.isEmpty() ? Presets.all() : List.of(Presets.of(name));
        shown.forEach(this::show);
        return Exit.OK;
    }

    private void show(Preset preset) {
        terminal.line("%s  for a %s on %s"
                .formatted(
                        terminal.bold(preset.name()),
                        preset.recipe().title(),
                        SearchSpace.of(preset.space()).reads()));
        terminal.line("  " + terminal.dim(preset.source()));
        preset.values().forEach((value, is) -> terminal.line("  %-20s %s".formatted(value, is)));
        terminal.line("");
    }
}
