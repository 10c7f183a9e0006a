package io.dartboard.nas.bilevel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.tensor.Leaves;
import java.util.List;

/**
 * The loss of weights and of mixing weights on one batch: one level of a bilevel problem. What it is about, images or text,
 * is its own affair, and so is what a batch carries: hidden states, dropout masks.
 */
@FunctionalInterface
public interface Objective {
    /**
     * What a pass yields.
     *
     * @param loss what is differentiated, a single number
     * @param told the loss that people are told, which lacks penalties; a single number
     * @param beside what else is wanted of the pass, by place: the right answers, or the hidden state that it leaves
     */
    record Seen(NDArray loss, NDArray told, NDList beside) {
        /** A loss without penalties. */
        public Seen(NDArray loss, NDList beside) {
            this(loss, loss, beside);
        }
    }

    /**
     * One pass.
     *
     * @param pass takes what the pass makes
     * @param weights constants, or leaves that are differentiated
     * @param mixture what the supernet mixes by, likewise; see {@link Mixing}
     */
    Seen see(NDManager pass, Leaves weights, NDArray mixture);

    /**
     * For each cell of a network the group of alphas that mixes it. A pass takes mixing weights of each cell by itself, too,
     * one after the other as these groups are. Empty where there is but one cell.
     */
    default List<String> groupsOfCells() {
        return List.of();
    }

    /**
     * The same batch with randomness of another draw; itself where nothing is drawn. All passes of a step see one draw, else
     * a finite difference compares two networks.
     *
     * @param draw any number but 0, which stands for the first
     */
    default Objective redrawn(int draw) {
        return this;
    }
}
