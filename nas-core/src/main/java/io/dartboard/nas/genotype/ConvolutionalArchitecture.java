package io.dartboard.nas.genotype;

import io.dartboard.nas.searchspace.NetworkShape;

/** A discrete architecture of convolutional cells, of which networks of several depths can be made. */
public sealed interface ConvolutionalArchitecture extends Architecture permits StackedCells, NasBench201Genotype {
    /**
     * The skeleton of a network of these cells.
     *
     * @param asked its width, depth and classes
     * @throws IllegalArgumentException if the cells cannot make a network of that depth; the message says which they can
     */
    NetworkShape stacked(NetworkShape asked);

    /**
     * Reads any of the text forms.
     *
     * @throws GenotypeSyntaxException if it is none; the message says where and what was expected
     */
    static ConvolutionalArchitecture parse(String text) {
        return NasBench201Genotype.hasForm(text) ? NasBench201Genotype.parse(text) : StackedCells.parse(text);
    }
}
