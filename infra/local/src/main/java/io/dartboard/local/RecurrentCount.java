package io.dartboard.local;

import io.dartboard.local.show.Terminal;
import io.dartboard.nas.genotype.NamedGenotype;
import io.dartboard.nas.preset.Preset;
import io.dartboard.nas.preset.Recipe;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.text.cost.RecurrentCost;
import org.jspecify.annotations.Nullable;

/** Counts language models with a recurrent cell. Multiply-adds are those of one word. */
final class RecurrentCount {
    private static final int PENN_TREEBANK = 10_000;
    private static final int WIKITEXT_2 = 33_278;

    private final Terminal terminal;
    private final Preset recipe;
    private final int width;
    private final int words;

    RecurrentCount(Terminal terminal, Preset recipe, @Nullable Integer width, @Nullable Integer words) {
        this.terminal = terminal;
        this.recipe = recipe;
        this.width = width == null ? recipe.number("width") : width;
        this.words = words != null ? words : recipe.recipe() == Recipe.TRANSFER ? WIKITEXT_2 : PENN_TREEBANK;
        if (this.width < 1 || this.words < 1) {
            throw CommandFailure.badInput(
                    "width and classes must be at least 1 (was %d and %d)".formatted(this.width, this.words));
        }
    }

    void supernet(RecurrentSpace space) {
        title("the supernet of " + space.id());
        var cost = RecurrentCost.supernet(space, words, width);
        terminal.line(CountCommand.count(terminal, "parameters", cost.parameters()));
        terminal.line(CountCommand.count(terminal, "alphas", (long) space.edgeCount() * space.candidateCount()));
        terminal.line(CountCommand.count(terminal, "multiply-adds", cost.multiplyAdds()));
    }

    void network(String genotype) {
        var cell = NamedGenotype.of(genotype, RecurrentSpace.DARTS);
        title(cell.name().isEmpty() ? "the given cell" : cell.name());
        var cost = RecurrentCost.of(cell.genotype(), words, width);
        terminal.line(CountCommand.count(terminal, "parameters", cost.parameters()));
        terminal.line(CountCommand.count(terminal, "multiply-adds", cost.multiplyAdds()));
    }

    private void title(String what) {
        terminal.line(
                "%s by %s: width %d, a vocabulary of %d".formatted(terminal.bold(what), recipe.name(), width, words));
    }
}
