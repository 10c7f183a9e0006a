package io.dartboard.nas.genotype;

import io.dartboard.nas.searchspace.NetworkShape;

/** A discrete architecture of convolutional cells: it says which cell stands where in a network of any depth. */
public sealed interface ConvolutionalArchitecture extends Architecture permits Genotype, DistributedGenotype {
    /**
     * The skeleton of a network of these cells.
     *
     * @param asked its width, depth and classes
     * @throws IllegalArgumentException if the cells cannot make a network of that depth; the message says which they can
     */
    NetworkShape stacked(NetworkShape asked);

    /**
     * The cell at a place of such a network.
     *
     * @param shape as {@link #stacked} gives it
     * @param place from 0
     */
    CellGenotype cell(NetworkShape shape, int place);

    /**
     * Reads any of the text forms.
     *
     * @throws GenotypeSyntaxException if it is none; the message says where and what was expected
     */
    static ConvolutionalArchitecture parse(String text) {
        return DistributedGenotype.hasForm(text) ? DistributedGenotype.parse(text) : Genotype.parse(text);
    }
}
