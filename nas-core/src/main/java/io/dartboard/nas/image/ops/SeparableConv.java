package io.dartboard.nas.image.ops;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.tensor.Conv2d;
import io.dartboard.nas.tensor.Functional;
import io.dartboard.nas.tensor.Torch;

/** {@code sep_conv_kxk}: ReLU, depthwise, pointwise, BN, applied twice; only the first depthwise has the stride. */
public final class SeparableConv extends Rectified {
    private final Conv2d firstDepthwise;
    private final Conv2d secondDepthwise;
    private final int depth1;
    private final int point1;
    private final Normalization middle;
    private final int depth2;
    private final int point2;

    private SeparableConv(
            Conv2d firstDepthwise,
            Conv2d secondDepthwise,
            int depth1,
            int point1,
            Normalization middle,
            int depth2,
            int point2,
            Normalization last) {
        super(last);
        this.firstDepthwise = firstDepthwise;
        this.secondDepthwise = secondDepthwise;
        this.depth1 = depth1;
        this.point1 = point1;
        this.middle = middle;
        this.depth2 = depth2;
        this.point2 = point2;
    }

    static SeparableConv of(Assembly assembly, String prefix, int channels, int kernel, int stride) {
        return new SeparableConv(
                Conv2d.depthwise(channels, kernel, stride, 1),
                Conv2d.depthwise(channels, kernel, 1, 1),
                assembly.kernel(prefix + "op.1.weight", channels, 1, kernel, kernel),
                assembly.kernel(prefix + "op.2.weight", channels, channels, 1, 1),
                assembly.normalization(prefix + "op.3", channels),
                assembly.kernel(prefix + "op.5.weight", channels, 1, kernel, kernel),
                assembly.kernel(prefix + "op.6.weight", channels, channels, 1, 1),
                assembly.normalization(prefix + "op.7", channels));
    }

    @Override
    NDArray convolve(NDArray rectified, Pass pass) {
        NDArray deep = firstDepthwise.apply(rectified, pass.weight(depth1)); // (N, C, H', W')
        NDArray half = Torch.consume(deep, x -> Conv2d.pointwise().apply(x, pass.weight(point1)));
        half = Torch.consume(half, x -> middle.apply(x, pass));
        half = Torch.consume(half, Functional::relu);
        deep = Torch.consume(half, x -> secondDepthwise.apply(x, pass.weight(depth2)));
        return Torch.consume(deep, x -> Conv2d.pointwise().apply(x, pass.weight(point2))); // (N, C, H', W')
    }
}
