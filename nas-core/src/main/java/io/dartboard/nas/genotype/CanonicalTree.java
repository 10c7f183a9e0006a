package io.dartboard.nas.genotype;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The canonical form of a recurrent cell. Every node reads one state, so a cell is a tree whose root is state 0, and two
 * cells are the same up to the naming of nodes and the order of the output exactly when their trees are isomorphic. A
 * tree's code is written bottom up, the codes of siblings sorted; nodes are then named in the order of that walk.
 *
 * <p>Renaming leaves the family of functions, the parameter count and the distribution of a fresh initialisation as they
 * were. Source: Aho, Hopcroft and Ullman, <i>The Design and Analysis of Computer Algorithms</i> (1974), example 3.2.
 */
final class CanonicalTree {
    private final RecurrentGenotype cell;
    private final String[] codes; // by state
    private final List<RecurrentGene> genes = new ArrayList<>();
    private final List<Integer> concat = new ArrayList<>();

    private CanonicalTree(RecurrentGenotype cell) {
        this.cell = cell;
        this.codes = new String[cell.nodes() + 1];
        // A node reads an earlier state, so from the last to the first every child has its code before its parent.
        for (int state = cell.nodes(); state >= 0; state--) {
            codes[state] = children(state)
                    .mapToObj(child -> codes[child])
                    .sorted()
                    .collect(Collectors.joining("", label(state) + "(", ")"));
        }
    }

    static RecurrentGenotype of(RecurrentGenotype cell) {
        CanonicalTree tree = new CanonicalTree(cell);
        tree.name(0, 0);
        return new RecurrentGenotype(tree.genes, tree.concat);
    }

    /** Names everything below a state that itself has been named. */
    private void name(int state, int newName) {
        children(state)
                .boxed()
                .sorted(Comparator.comparing(child -> codes[child]))
                .forEach(child -> {
                    genes.add(new RecurrentGene(cell.genes().get(child - 1).op(), newName));
                    int named = genes.size();
                    if (cell.concat().contains(child)) {
                        concat.add(named);
                    }
                    name(child, named);
                });
    }

    private IntStream children(int state) {
        return IntStream.rangeClosed(1, cell.nodes())
                .filter(child -> cell.genes().get(child - 1).from() == state);
    }

    private String label(int state) {
        return state == 0
                ? ""
                : cell.genes().get(state - 1).op().publishedName()
                        + (cell.concat().contains(state) ? "!" : "");
    }
}
