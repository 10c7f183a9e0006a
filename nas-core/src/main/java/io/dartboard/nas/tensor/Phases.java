package io.dartboard.nas.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * An image as its four phases: the rows and columns of even index, of even and odd, of odd and even, of odd index. A
 * convolution of dilation 2 never mixes them, so it is an ordinary convolution of each, and the engine has fast kernels
 * for those only. What acts on single pixels or takes statistics over all of them, as pointwise convolutions and batch
 * normalisations do, may stay among phases too.
 */
public final class Phases {
    private Phases() {}

    /** Whether images (N, C, H, W) split into phases of one size: both sides are even. */
    public static boolean split(Shape image) {
        return image.get(2) % 2 == 0 && image.get(3) % 2 == 0;
    }

    /** Images (N, C, H, W) to phases (4N, C, H / 2, W / 2), stored with channels last. */
    public static NDArray split(NDArray images) {
        Shape shape = images.getShape();
        long count = shape.get(0);
        long channels = shape.get(1);
        long height = shape.get(2) / 2;
        long width = shape.get(3) / 2;
        // By way of rows, so that the derivative comes with channels last too.
        NDArray separate =
                Torch.consume(ChannelsLast.rows(images), rows -> rows.reshape(count, height, 2, width, 2, channels));
        NDArray sorted = Torch.consume(separate, each -> each.transpose(2, 4, 0, 1, 3, 5));
        NDArray phases = Torch.consume(sorted, each -> each.reshape(4 * count, height, width, channels));
        return Torch.consume(phases, ChannelsLast::images);
    }

    /** Phases (4N, C, H / 2, W / 2) back to images (N, C, H, W), stored with channels last. */
    public static NDArray join(NDArray phases) {
        return Torch.consume(joinRows(ChannelsLast.rows(phases)), ChannelsLast::images);
    }

    /** Phases as rows (4N, H / 2, W / 2, C), which are closed, back to images as rows (N, H, W, C), an array of its own. */
    public static NDArray joinRows(NDArray phases) {
        Shape shape = phases.getShape();
        long count = shape.get(0) / 4;
        long height = shape.get(1);
        long width = shape.get(2);
        long channels = shape.get(3);
        NDArray separate = Torch.consume(phases, each -> each.reshape(2, 2, count, height, width, channels));
        NDArray interleaved = Torch.consume(separate, each -> each.transpose(2, 3, 0, 4, 1, 5));
        return Torch.consume(interleaved, each -> each.reshape(count, 2 * height, 2 * width, channels));
    }
}
