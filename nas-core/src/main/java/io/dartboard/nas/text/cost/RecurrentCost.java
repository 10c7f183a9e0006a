package io.dartboard.nas.text.cost;

import io.dartboard.nas.cost.Cost;
import io.dartboard.nas.genotype.RecurrentGenotype;
import io.dartboard.nas.searchspace.RecurrentSpace;

/**
 * Cost of a recurrent language model whose embedding, hidden state and output have one width and whose decoder shares the
 * embedding's weights. Multiply-adds are those of one token.
 *
 * <p>Source: DARTS (arXiv 1806.09055), section 3.2, and the authors' networks.
 */
public final class RecurrentCost {
    private RecurrentCost() {}

    /** Counts the discrete model of a genotype. */
    public static Cost of(RecurrentGenotype genotype, int vocabulary, int width) {
        return model(genotype.nodes(), genotype.nodes(), vocabulary, width);
    }

    /**
     * Counts the continuous model in which a space is searched: a node owns one matrix, through which it reads every state
     * before it. Alphas are not among its parameters.
     */
    public static Cost supernet(RecurrentSpace space, int vocabulary, int width) {
        return model(space.nodes(), space.edgeCount(), vocabulary, width);
    }

    private static Cost model(long matrices, long products, long vocabulary, long width) {
        long node = Math.multiplyExact(2 * width, width);
        long mixing = 2 * node;
        long tied = Math.multiplyExact(vocabulary, width);
        long parameters = Math.addExact(tied + vocabulary + mixing, Math.multiplyExact(matrices, node));
        return new Cost(parameters, 0, Math.addExact(tied + mixing, Math.multiplyExact(products, node)));
    }
}
