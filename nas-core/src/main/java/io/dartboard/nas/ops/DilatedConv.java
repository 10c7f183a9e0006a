package io.dartboard.nas.ops;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.tensor.Conv2d;

/** {@code dil_conv_kxk}: ReLU, depthwise with dilation 2, pointwise, BN, applied once. */
public final class DilatedConv extends Rectified {
    private static final int DILATION = 2;

    private final Conv2d depthwise;
    private final int depth;
    private final int point;

    private DilatedConv(Conv2d depthwise, int depth, int point, Normalization last) {
        super(last);
        this.depthwise = depthwise;
        this.depth = depth;
        this.point = point;
    }

    static DilatedConv of(Assembly assembly, String prefix, int channels, int kernel, int stride) {
        return new DilatedConv(
                Conv2d.depthwise(channels, kernel, stride, DILATION),
                assembly.kernel(prefix + "op.1.weight", channels, 1, kernel, kernel),
                assembly.kernel(prefix + "op.2.weight", channels, channels, 1, 1),
                assembly.normalization(prefix + "op.3", channels));
    }

    @Override
    NDArray convolve(NDArray rectified, Pass pass) {
        NDArray deep = depthwise.apply(rectified, pass.weight(depth)); // (N, C, H', W')
        return Conv2d.pointwise().apply(deep, pass.weight(point));
    }
}
