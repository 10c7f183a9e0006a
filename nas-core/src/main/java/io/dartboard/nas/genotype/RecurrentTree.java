package io.dartboard.nas.genotype;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A recurrent cell as the tree that it is: every node reads one earlier state, so state 0 is the root and a node hangs
 * below the state that it reads.
 */
final class RecurrentTree {

    /**
     * A node in its place.
     *
     * @param state its state, from 1
     * @param gene what it reads and through which function
     * @param depth 1 for those that read the root
     * @param last whether no other node that comes later reads the same state
     * @param output whether it is a part of the cell's output
     */
    record Row(int state, RecurrentGene gene, int depth, boolean last, boolean output) {}

    private final RecurrentGenotype cell;
    private final List<Row> rows = new ArrayList<>();

    private RecurrentTree(RecurrentGenotype cell) {
        this.cell = cell;
        visit(0, 1);
    }

    /** All nodes, each followed by those below it; such a walk leaves no place in which two wires would cross. */
    static List<Row> rows(RecurrentGenotype cell) {
        return List.copyOf(new RecurrentTree(cell).rows);
    }

    private void visit(int from, int depth) {
        int[] readers = IntStream.rangeClosed(1, cell.nodes())
                .filter(state -> gene(state).from() == from)
                .toArray();
        for (int i = 0; i < readers.length; i++) {
            int state = readers[i];
            rows.add(new Row(
                    state,
                    gene(state),
                    depth,
                    i == readers.length - 1,
                    cell.concat().contains(state)));
            visit(state, depth + 1);
        }
    }

    private RecurrentGene gene(int state) {
        return cell.genes().get(state - 1);
    }
}
