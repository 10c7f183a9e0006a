package io.dartboard.nas.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;

/**
 * Images whose channels are groups that lie side by side, one group after another, as a grouped convolution reads and
 * writes them.
 */
public final class ChannelGroups {
    private ChannelGroups() {}

    /**
     * Concatenates two images by channel, group by group: the first group of both, then the second of both, and so on.
     *
     * @param first (N, groups * A, H, W), stored with channels last
     * @param second (N, groups * B, H, W), stored with channels last
     * @return (N, groups * (A + B), H, W), stored with channels last
     */
    public static NDArray concat(NDArray first, NDArray second, int groups) {
        Shape shape = first.getShape();
        long both = first.getShape().get(1) + second.getShape().get(1);
        Shape rows = new Shape(shape.get(0), shape.get(2), shape.get(3), both);
        try (NDArray left = grouped(first, groups);
                NDArray right = grouped(second, groups);
                NDArray joined = NDArrays.concat(new NDList(left, right), 4)) {
            return Torch.consume(joined.reshape(rows), ChannelsLast::images);
        }
    }

    /** (N, groups * C, H, W) as (N, H, W, groups, C). */
    private static NDArray grouped(NDArray wide, int groups) {
        Shape shape = wide.getShape();
        Shape separate = new Shape(shape.get(0), shape.get(2), shape.get(3), groups, shape.get(1) / groups);
        return Torch.consume(ChannelsLast.rows(wide), rows -> rows.reshape(separate));
    }

    /**
     * Adds up groups of channels: the output's channel {@code c} is the sum of channel {@code c} of every group.
     *
     * @param wide (N, groups * C, H, W), group after group, stored with channels last
     * @return rows (N, H, W, C), an array of its own
     */
    public static NDArray sum(NDArray wide, int groups) {
        return Torch.consume(grouped(wide, groups), separate -> separate.sum(new int[] {3}));
    }
}
