package io.dartboard.nas.genotype;

import io.dartboard.nas.searchspace.NetworkShape;

/** A discrete architecture of cells as DARTS has them, each of which reads the two before it. */
public sealed interface StackedCells extends ConvolutionalArchitecture permits Genotype, DistributedGenotype {
    /**
     * The cell at a place of a network.
     *
     * @param shape as {@link #stacked} gives it
     * @param place from 0
     */
    CellGenotype cell(NetworkShape shape, int place);

    /**
     * Reads either of the text forms.
     *
     * @throws GenotypeSyntaxException if it is none; the message says where and what was expected
     */
    static StackedCells parse(String text) {
        return DistributedGenotype.hasForm(text) ? DistributedGenotype.parse(text) : Genotype.parse(text);
    }
}
