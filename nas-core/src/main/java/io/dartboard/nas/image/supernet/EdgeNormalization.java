package io.dartboard.nas.image.supernet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import io.dartboard.nas.searchspace.CellShape;
import io.dartboard.nas.tensor.Functional;
import io.dartboard.nas.tensor.Splits;
import java.util.stream.IntStream;

/**
 * The edges into a node compete: each is weighted by a softmax over them of its own parameter.
 *
 * <p>Source: Xu et al., <i>PC-DARTS: Partial Channel Connections for Memory-Efficient Architecture Search</i> (arXiv
 * 1907.05737), section 3.3, equation 2.
 */
final class EdgeNormalization {
    private EdgeNormalization() {}

    /**
     * The weights of a cell's edges.
     *
     * @param betas a parameter for each edge, (edges)
     * @return (edges)
     */
    static NDArray weights(CellShape cell, NDArray betas) {
        long[] sizes =
                IntStream.range(0, cell.nodes()).mapToLong(cell::edgesInto).toArray();
        NDList weights = new NDList();
        Splits.of(betas, sizes).forEach(node -> weights.add(Functional.softmax(node)));
        // The library copies a single array out of the graph.
        return weights.size() == 1 ? weights.get(0) : NDArrays.concat(weights);
    }
}
