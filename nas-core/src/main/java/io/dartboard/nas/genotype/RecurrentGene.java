package io.dartboard.nas.genotype;

import io.dartboard.nas.searchspace.RecurrentPrimitive;

/**
 * A node of a recurrent cell: {@code s = s_from + sigmoid(c) * (op(u) - s_from)}, where {@code [c | u]} is the node's
 * matrix applied to {@code s_from}.
 *
 * @param op function of the highway; never {@code none}
 * @param from state it reads: 0 mixes the input with the hidden state, {@code 1 + i} is node {@code i}
 */
public record RecurrentGene(RecurrentPrimitive op, int from) {
    public RecurrentGene {
        if (op == RecurrentPrimitive.NONE) {
            throw new IllegalArgumentException("the node of a recurrent cell cannot be none: it has no other operand");
        }
        if (from < 0) {
            throw new IllegalArgumentException("a gene reads from state 0 or later (was %d)".formatted(from));
        }
    }
}
