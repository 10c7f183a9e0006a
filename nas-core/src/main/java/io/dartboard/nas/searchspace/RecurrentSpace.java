package io.dartboard.nas.searchspace;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A space of recurrent cells. State 0 mixes the input with the hidden state; every node after it reads the states before
 * it, all through the node's one weight matrix, and chooses a function. The cell's output is the mean of all nodes.
 *
 * @param id stable name
 * @param candidates operations of an edge; their order is the column order of an alpha matrix
 * @param cell graph of the cell: one input, which is state 0
 */
public record RecurrentSpace(String id, List<RecurrentPrimitive> candidates, CellShape cell) implements SearchSpace {
    /** The name of the one cell. */
    public static final String CELL = "recurrent";

    /** The space of DARTS (arXiv 1806.09055), section 3.1: 5 candidates, 8 nodes, 1 + 2 + ... + 8 = 36 edges. */
    public static final RecurrentSpace DARTS = new RecurrentSpace(
            "darts-rnn",
            List.of(
                    RecurrentPrimitive.NONE,
                    RecurrentPrimitive.TANH,
                    RecurrentPrimitive.RELU,
                    RecurrentPrimitive.SIGMOID,
                    RecurrentPrimitive.IDENTITY),
            new CellShape(1, 8));

    public RecurrentSpace {
        candidates = List.copyOf(candidates);
        if (candidates.stream().allMatch(candidate -> candidate == RecurrentPrimitive.NONE)) {
            throw new IllegalArgumentException("space '%s' needs at least one candidate besides none".formatted(id));
        }
        if (EnumSet.copyOf(candidates).size() != candidates.size()) {
            throw new IllegalArgumentException("space '%s' names a candidate twice: %s".formatted(id, candidates));
        }
        if (cell.inputs() != 1) {
            throw new IllegalArgumentException(
                    "the cell of space '%s' must have 1 input, the state that mixes input and hidden state (had %d)"
                            .formatted(id, cell.inputs()));
        }
    }

    /** The candidates a derived cell may hold: all but {@code none}, in order. */
    public List<RecurrentPrimitive> operations() {
        return candidates.stream()
                .filter(candidate -> candidate != RecurrentPrimitive.NONE)
                .toList();
    }

    @Override
    public boolean stacksCells() {
        return false;
    }

    @Override
    public String reads() {
        return "text";
    }

    @Override
    public List<String> cells() {
        return List.of(CELL);
    }

    @Override
    public Set<Integer> parameterFree() {
        return Set.of();
    }

    @Override
    public List<Integer> derivable() {
        return operations().stream().map(candidates::indexOf).toList();
    }

    /** {@inheritDoc} One. */
    @Override
    public int edgesKept(int node) {
        return 1;
    }

    @Override
    public int candidateCount() {
        return candidates.size();
    }

    @Override
    public int edgeCount() {
        return cell.edgeCount();
    }

    /** Number of nodes, each of which owns one weight matrix. */
    public int nodes() {
        return cell.nodes();
    }
}
