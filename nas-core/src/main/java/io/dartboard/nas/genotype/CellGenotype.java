package io.dartboard.nas.genotype;

import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.Primitive;
import java.util.HashSet;
import java.util.List;

/**
 * A discrete cell. Node {@code i} is the sum of genes {@code 2i} and {@code 2i + 1}; the cell's output is the
 * concatenation, by channel, of the states in {@code concat}. The order of both lists is kept, because it is the
 * order of a network's weights; {@link #canonical()} forgets it.
 *
 * @param genes two per node, in node order
 * @param concat nodes that form the output, as states: {@code 2 + i} is node {@code i}
 */
public record CellGenotype(List<Gene> genes, List<Integer> concat) {
    /** States that come from outside the cell. */
    public static final int INPUTS = CnnSpace.INPUTS;

    /** Operands of a node. */
    public static final int GENES_PER_NODE = CnnSpace.OPERANDS;

    /** Most nodes a cell may have; comparing cells up to the naming of nodes is factorial in this. */
    public static final int MAX_NODES = 8;

    public CellGenotype {
        genes = List.copyOf(genes);
        concat = List.copyOf(concat);
        if (genes.isEmpty() || genes.size() % GENES_PER_NODE != 0) {
            throw new IllegalArgumentException(
                    "a cell needs two genes for each of its nodes (had %d genes)".formatted(genes.size()));
        }
        int nodes = genes.size() / GENES_PER_NODE;
        if (nodes > MAX_NODES) {
            throw new IllegalArgumentException("a cell has at most %d nodes (had %d)".formatted(MAX_NODES, nodes));
        }
        for (int i = 0; i < genes.size(); i++) {
            int states = INPUTS + i / GENES_PER_NODE;
            if (genes.get(i).from() >= states) {
                throw new IllegalArgumentException("gene %d belongs to node %d, which can read states 0 to %d (was %d)"
                        .formatted(
                                i, i / GENES_PER_NODE, states - 1, genes.get(i).from()));
            }
        }
        if (concat.isEmpty()) {
            throw new IllegalArgumentException("a cell must concatenate at least one node");
        }
        for (int state : concat) {
            if (state < INPUTS || state >= INPUTS + nodes) {
                throw new IllegalArgumentException("concat must name nodes, states %d to %d (was %d)"
                        .formatted(INPUTS, INPUTS + nodes - 1, state));
            }
        }
        if (new HashSet<>(concat).size() != concat.size()) {
            throw new IllegalArgumentException("concat names a node twice: %s".formatted(concat));
        }
    }

    /** Number of intermediate nodes. */
    public int nodes() {
        return genes.size() / GENES_PER_NODE;
    }

    /** The two operands of a node, in weight order. */
    public List<Gene> genesOf(int node) {
        return genes.subList(GENES_PER_NODE * node, GENES_PER_NODE * (node + 1));
    }

    /** How many genes apply an operation. */
    public int count(Primitive op) {
        return (int) genes.stream().filter(gene -> gene.op().equals(op)).count();
    }

    /** The one representative of all cells that differ from this one in naming and order alone. */
    public CellGenotype canonical() {
        return CanonicalCell.of(this);
    }
}
