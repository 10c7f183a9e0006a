package io.dartboard.nas.genotype;

import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.Primitive;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A discrete cell. Each node is the sum of its operands; the cell's output is the concatenation, by channel, of the states
 * in {@code concat}. A node of DARTS has two operands; a node of FairDARTS (arXiv 1911.12126) has those that were strong
 * enough, and one without any does not exist: nobody reads it. The order of all lists is kept, because it is the order of a
 * network's weights; {@link #canonical()} forgets it.
 *
 * @param operands genes by node, in node order; empty of a node that does not exist
 * @param concat nodes that form the output, as states: {@code 2 + i} is node {@code i}
 */
public record CellGenotype(List<List<Gene>> operands, List<Integer> concat) {
    /** States that come from outside the cell. */
    public static final int INPUTS = CnnSpace.INPUTS;

    /** Operands of a node of DARTS. */
    public static final int GENES_PER_NODE = CnnSpace.OPERANDS;

    /** Most nodes a cell may have; comparing cells up to the naming of nodes is factorial in this. */
    public static final int MAX_NODES = 8;

    /** Most operands of a node: room for several operations on each of its edges. */
    public static final int MAX_OPERANDS = 32;

    public CellGenotype {
        operands = operands.stream().map(List::copyOf).toList();
        concat = List.copyOf(concat);
        int nodes = operands.size();
        if (nodes == 0 || operands.get(nodes - 1).isEmpty()) {
            throw new IllegalArgumentException("a cell needs a node that has an operand, and ends with one");
        }
        if (nodes > MAX_NODES) {
            throw new IllegalArgumentException("a cell has at most %d nodes (had %d)".formatted(MAX_NODES, nodes));
        }
        for (int node = 0; node < nodes; node++) {
            List<Gene> genes = operands.get(node);
            if (genes.size() > MAX_OPERANDS) {
                throw new IllegalArgumentException(
                        "a node has at most %d operands (node %d had %d)".formatted(MAX_OPERANDS, node, genes.size()));
            }
            for (int i = 0; i < genes.size(); i++) {
                int from = genes.get(i).from();
                if (from >= INPUTS + node) {
                    throw new IllegalArgumentException("operand %d of node %d can read states 0 to %d (was %d)"
                            .formatted(i, node, INPUTS + node - 1, from));
                }
                if (!exists(operands, from)) {
                    throw new IllegalArgumentException(
                            "operand %d of node %d reads state %d, a node without operands".formatted(i, node, from));
                }
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
            if (!exists(operands, state)) {
                throw new IllegalArgumentException("concat names state %d, a node without operands".formatted(state));
            }
        }
        if (new HashSet<>(concat).size() != concat.size()) {
            throw new IllegalArgumentException("concat names a node twice: %s".formatted(concat));
        }
    }

    private static boolean exists(List<List<Gene>> operands, int state) {
        return state < INPUTS || !operands.get(state - INPUTS).isEmpty();
    }

    /**
     * A cell of two operands for each node: node {@code i} is the sum of genes {@code 2i} and {@code 2i + 1}.
     *
     * @param genes two per node, in node order
     */
    public static CellGenotype ofPairs(List<Gene> genes, List<Integer> concat) {
        if (genes.isEmpty() || genes.size() % GENES_PER_NODE != 0) {
            throw new IllegalArgumentException(
                    "a cell needs two genes for each of its nodes (had %d genes)".formatted(genes.size()));
        }
        return new CellGenotype(
                IntStream.range(0, genes.size() / GENES_PER_NODE)
                        .mapToObj(node -> genes.subList(GENES_PER_NODE * node, GENES_PER_NODE * (node + 1)))
                        .toList(),
                concat);
    }

    /**
     * What exists of a cell some of whose nodes have no operand: genes that read such a node are left out, and so are nodes
     * that have no other, as in the authors' network of FairDARTS (arXiv 1911.12126).
     *
     * @param operands genes by node, in node order
     * @param concat nodes that form the output as far as they exist
     * @throws IllegalArgumentException if no node is left
     */
    public static CellGenotype existing(List<List<Gene>> operands, List<Integer> concat) {
        List<List<Gene>> left = new ArrayList<>();
        int end = 0;
        for (List<Gene> genes : operands) {
            left.add(genes.stream()
                    .filter(gene -> gene.from() >= INPUTS + left.size() || exists(left, gene.from()))
                    .toList());
            end = left.get(left.size() - 1).isEmpty() ? end : left.size();
        }
        List<List<Gene>> nodes = left.subList(0, end);
        return new CellGenotype(
                nodes, concat.stream().filter(state -> !isMissing(nodes, state)).toList());
    }

    /** Whether a state can be that of a node, and there is no such node. */
    private static boolean isMissing(List<List<Gene>> operands, int state) {
        int node = state - INPUTS;
        return node >= 0
                && node < MAX_NODES
                && (node >= operands.size() || operands.get(node).isEmpty());
    }

    /** Every gene, node by node. */
    public List<Gene> genes() {
        return operands.stream().flatMap(List::stream).toList();
    }

    /** Number of intermediate nodes, with those that do not exist. */
    public int nodes() {
        return operands.size();
    }

    /** The operands of a node, in weight order; none of a node that does not exist. */
    public List<Gene> genesOf(int node) {
        return operands.get(node);
    }

    /** Its operations on the edges that it keeps. */
    List<KeptOperation> kept() {
        return IntStream.range(0, nodes())
                .boxed()
                .flatMap(node -> genesOf(node).stream().map(gene -> new KeptOperation(node, gene.from(), gene.op())))
                .toList();
    }

    /** Whether every node has two operands, so that the cell can be written as DARTS writes it. */
    public boolean isPaired() {
        return operands.stream().allMatch(genes -> genes.size() == GENES_PER_NODE);
    }

    /** How many genes apply an operation. */
    public int count(Primitive op) {
        return (int) genes().stream().filter(gene -> gene.op().equals(op)).count();
    }

    /** The one representative of all cells that differ from this one in naming and order alone. */
    public CellGenotype canonical() {
        return CanonicalCell.of(this);
    }
}
