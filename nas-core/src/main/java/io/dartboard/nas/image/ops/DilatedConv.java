package io.dartboard.nas.image.ops;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.tensor.Conv2d;
import io.dartboard.nas.tensor.Functional;
import io.dartboard.nas.tensor.Phases;
import io.dartboard.nas.tensor.Torch;

/**
 * {@code dil_conv_kxk}: ReLU, depthwise with dilation 2, pointwise, BN, applied once.
 *
 * <p>A dilated kernel reads every second pixel only. At stride 1 it is therefore an ordinary kernel on each of the four
 * {@linkplain Phases phases} of the image; at stride 2 it sees but one of them, the pixels of even row and column. These
 * are its <i>sites</i>.
 */
public final class DilatedConv extends Rectified {
    private static final int DILATION = 2;

    private final int stride;
    private final Conv2d dilated;
    private final Conv2d onSites;
    private final int depth;
    private final int point;

    private DilatedConv(int stride, Conv2d dilated, Conv2d onSites, int depth, int point, Normalization last) {
        super(last);
        this.stride = stride;
        this.dilated = dilated;
        this.onSites = onSites;
        this.depth = depth;
        this.point = point;
    }

    static DilatedConv of(Assembly assembly, String prefix, int channels, int kernel, int stride) {
        return new DilatedConv(
                stride,
                Conv2d.depthwise(channels, kernel, stride, DILATION),
                Conv2d.depthwise(channels, kernel, 1, 1),
                assembly.kernel(prefix + "op.1.weight", channels, 1, kernel, kernel),
                assembly.kernel(prefix + "op.2.weight", channels, channels, 1, 1),
                assembly.normalization(prefix + "op.3", channels));
    }

    @Override
    NDArray convolve(NDArray rectified, Pass pass) {
        if (stride == 2) {
            return Torch.consume(Functional.subsample(rectified, 2), sites -> convolve(sites, onSites, pass));
        }
        if (!Phases.split(rectified.getShape())) {
            return convolve(rectified, dilated, pass);
        }
        NDArray convolved = Torch.consume(Phases.split(rectified), phases -> convolve(phases, onSites, pass));
        return Torch.consume(convolved, Phases::join);
    }

    private NDArray convolve(NDArray rectified, Conv2d depthwise, Pass pass) {
        NDArray deep = depthwise.apply(rectified, pass.weight(depth)); // (N, C, H', W')
        return Torch.consume(deep, x -> Conv2d.pointwise().apply(x, pass.weight(point)));
    }
}
