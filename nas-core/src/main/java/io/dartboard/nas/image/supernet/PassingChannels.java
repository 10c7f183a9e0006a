package io.dartboard.nas.image.supernet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.tensor.ChannelsLast;
import io.dartboard.nas.tensor.Pooling;
import io.dartboard.nas.tensor.Torch;
import java.util.List;

/**
 * The channels of a state that pass by the candidates of the edges which leave it. Where an edge halves the resolution, the
 * largest of every four pixels passes. A node has the sum of the candidates' channels first, then the sum of those that passed,
 * and shuffles them, so that the next edges' candidates see others.
 *
 * <p>Source: Xu et al., <i>PC-DARTS: Partial Channel Connections for Memory-Efficient Architecture Search</i> (arXiv
 * 1907.05737), equation 1; the shuffle from the authors' code. Summing comes before shuffling here, and is done once.
 *
 * @param parts into which channels are cut; the candidates see the first
 */
record PassingChannels(int parts) {
    private static final int CHANNELS = 3; // of rows (N, H, W, C)

    /** A state, cut: what the candidates see, (N, C / parts, H, W), and the other channels, (N, C - C / parts, H, W). */
    record Cut(NDArray seen, NDArray passing) {}

    Cut cut(NDArray state) {
        long seen = state.getShape().get(1) / parts;
        try (NDArray rows = ChannelsLast.rows(state)) {
            NDList cut = rows.split(new long[] {seen}, CHANNELS);
            return new Cut(
                    Torch.consume(cut.get(0), ChannelsLast::images), Torch.consume(cut.get(1), ChannelsLast::images));
        }
    }

    /** What passes along edges of a stride, as rows (N, H / stride, W / stride, C - C / parts). */
    NDArray along(NDArray passing, int stride) {
        return stride == 1
                ? ChannelsLast.rows(passing)
                : Torch.consume(Pooling.max(passing, 2, 2, 0), ChannelsLast::rows);
    }

    /**
     * A node.
     *
     * @param mixed the sum of its edges' candidates, (N, C / parts, H, W), whose handle is taken
     * @param passing what passes along each edge into it, as rows (N, H, W, C - C / parts)
     * @param weights of these edges, each (1)
     * @return (N, C, H, W)
     */
    NDArray node(NDArray mixed, List<NDArray> passing, List<NDArray> weights) {
        LayoutSum sum = new LayoutSum();
        for (int edge = 0; edge < passing.size(); edge++) {
            sum.addRows(passing.get(edge).mul(weights.get(edge)));
        }
        NDArray joined;
        try (NDArray first = Torch.consume(mixed, ChannelsLast::rows);
                NDArray rest = sum.totalRows()) {
            joined = NDArrays.concat(new NDList(first, rest), CHANNELS);
        }
        return Torch.consume(shuffled(joined), ChannelsLast::images);
    }

    /** Channels (N, H, W, C) that lie part by part, so that the first of every part comes first; the handle is taken. */
    private NDArray shuffled(NDArray rows) {
        Shape shape = rows.getShape();
        Shape apart = new Shape(shape.get(0), shape.get(1), shape.get(2), parts, shape.get(CHANNELS) / parts);
        NDArray byPart = Torch.consume(rows, each -> each.reshape(apart));
        NDArray byPlace = Torch.consume(byPart, each -> each.transpose(0, 1, 2, 4, 3));
        return Torch.consume(byPlace, each -> each.reshape(shape));
    }
}
