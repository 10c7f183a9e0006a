package io.dartboard.nas.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * Channels filled up with empty ones. On a CPU the engine normalises channels that lie next to each other eight at a time, and
 * what is left over one by one, which takes five to ten times as long as a whole eight: 12 channels of a batch of 64 images of
 * 32 by 32 pixels took 6.0 ms, 16 took 1.2 ({@code infra/run bench search --method pc-darts --profile} shows what a search
 * spends on it). What a channel comes to does not depend on the others.
 */
final class FilledChannels {
    private static final int AT_A_TIME = 8;
    private static final int IMAGES = 4; // dimensions
    // Of fewer the copies would take longer than they save.
    private static final int FEWEST_PIXELS = 1024;

    private FilledChannels() {}

    /** How many channels (N, C, H, W) lacks; none on a GPU, whose kernels do not mind, of a small batch, and of what is no images. */
    static int missing(NDArray x) {
        Shape shape = x.getShape();
        boolean matters = shape.dimension() == IMAGES
                && !x.getDevice().isGpu()
                && shape.get(0) * shape.get(2) * shape.get(3) >= FEWEST_PIXELS;
        return matters ? Math.floorMod(-(int) shape.get(1), AT_A_TIME) : 0;
    }

    /**
     * A copy with so many more channels, which are 0.
     *
     * @return (N, C + more, H, W), stored with channels last, in the scope of the images
     */
    static NDArray images(NDArray x, int more) {
        Shape shape = x.getShape();
        NDManager scope = x.getManager();
        try (NDArray rows = ChannelsLast.rows(x);
                NDArray empty =
                        scope.zeros(new Shape(shape.get(0), shape.get(2), shape.get(3), more), x.getDataType())) {
            return Torch.consume(NDArrays.concat(new NDList(rows, empty), 3), ChannelsLast::images);
        }
    }

    /**
     * The first channels of (N, C, H, W), as a copy: what is summed up in place may be no part of something larger.
     *
     * @return (N, channels, H, W), stored with channels last
     */
    static NDArray cut(NDArray x, int channels) {
        NDArray rows = Torch.consume(ChannelsLast.rows(x), all -> all.get(":, :, :, 0:" + channels));
        // A duplicate would be a copy, too, and no gradient goes through it.
        return Torch.consume(Torch.consume(rows, part -> Scalars.times(part, 1)), ChannelsLast::images);
    }

    /** A value for each channel (C) with another value for so many more: (C + more). */
    static NDArray values(NDArray each, int more, double value) {
        try (NDArray empty = each.getManager().full(new Shape(more), (float) value, each.getDataType())) {
            return NDArrays.concat(new NDList(each, empty));
        }
    }

    /**
     * Writes the values of the first channels back to where they are kept, (C), which may be a part of something larger. The engine's
     * own normalisation does it, as the running mean of what does not vary: it moves its statistics unseen by automatic
     * differentiation. An operation in place would count as a change of all that the larger thing holds, of which other layers
     * keep their parts for the gradient.
     */
    static void keep(NDArray values, NDArray kept) {
        try (NDArray first = values.get("0:" + kept.size());
                NDArray twice = NDArrays.stack(new NDList(first, first));
                NDArray spare = first.duplicate();
                NDArray normalised = BatchNorm.moving(twice, first, first, kept, spare, 1)) {
            // What is normalised serves nothing.
        }
    }
}
