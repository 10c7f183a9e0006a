package io.dartboard.local;

import io.dartboard.local.show.Terminal;
import io.dartboard.nas.preset.MethodSheet;
import io.dartboard.nas.preset.PartSheet;
import io.dartboard.nas.setting.Nearest;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints the search methods. Needs no stack. */
@Command(
        name = "methods",
        mixinStandardHelpOptions = true,
        description = {
            "Print the search methods, each with its source, the parts that it is made of and their parameters.",
            "What a search costs beside darts-first-order is printed where it has been measured; infra/run bench methods"
                    + " measures it on your machine.",
            "A run's file names one, and gives parameters in its section: "
                    + "\"method\": \"beta-darts\", \"search\": {\"parameters\": {\"betaDecay\": 25}}",
            "It may put parts in the place of the method's own, which are printed at the end: "
                    + "\"method\": \"beta-darts\", \"parts\": {\"perturbation\": \"uniform\"}"
        })
final class MethodsCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Only this one.")
    private String name = "";

    MethodsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var all = MethodSheet.all();
        var shown = all.stream()
                .filter(method -> name.isEmpty() || method.name().equals(name))
                .toList();
        if (shown.isEmpty()) {
            throw CommandFailure.badInput(
                    "unknown search method '%s'%s".formatted(name, Nearest.orKnown(name, names(all))));
        }
        shown.forEach(this::show);
        if (name.isEmpty()) {
            parts();
        }
        return Exit.OK;
    }

    private static List<String> names(List<MethodSheet> methods) {
        return methods.stream().map(MethodSheet::name).toList();
    }

    private void parts() {
        terminal.line(terminal.bold("Parts") + "  of each choice one, first that of darts-first-order");
        for (var part : PartSheet.all()) {
            var parameters = part.parameters().entrySet().stream()
                    .map(parameter -> "%s %s".formatted(parameter.getKey(), parameter.getValue()))
                    .collect(Collectors.joining(", "));
            terminal.line("  %-20s %-24s %s"
                    .formatted(part.choice(), part.name(), parameters)
                    .stripTrailing());
        }
    }

    private void show(MethodSheet method) {
        terminal.line("%s  searches on %s"
                .formatted(terminal.bold(method.name()), String.join(" and ", method.searchesOn())));
        terminal.line("  " + terminal.dim(method.source()));
        method.parts().forEach((choice, part) -> terminal.line("  %-20s %s".formatted(choice, part)));
        method.parameters().forEach((parameter, is) -> terminal.line("  %-20s %s".formatted(parameter, is)));
        method.measuredCost()
                .forEach((kind, times) -> terminal.line(
                        "  %-20s %.2f times that of darts-first-order".formatted("cost on " + kind, times)));
        if (!method.otherwise().isEmpty()) {
            terminal.line("  " + terminal.dim(method.otherwise()));
        }
        terminal.line("");
    }
}
