package io.dartboard.nas.ops;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.tensor.Conv2d;
import io.dartboard.nas.tensor.Functional;
import io.dartboard.nas.tensor.Phases;

/**
 * {@code dil_conv_kxk}: ReLU, depthwise with dilation 2, pointwise, BN, applied once.
 *
 * <p>A dilated kernel reads every second pixel only. At stride 1 it is therefore an ordinary kernel on each of the four
 * {@linkplain Phases phases} of the image; at stride 2 it sees but one of them, the pixels of even row and column. These
 * are its <i>sites</i>. Whoever applies several dilated convolutions to one input picks the sites once.
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

    /** 1, or 2 to halve the resolution. */
    public int stride() {
        return stride;
    }

    /** Whether an input (N, C, H, W) has sites of one size: always at stride 2, at stride 1 if its sides are even. */
    public boolean hasSites(NDArray x) {
        return stride == 2 || Phases.split(x.getShape());
    }

    /** The sites of an input (N, C, H, W): (4N, C, H/2, W/2) at stride 1, (N, C, H/2, W/2) at stride 2. */
    public static NDArray sites(NDArray rectified, int stride) {
        return stride == 1 ? Phases.split(rectified) : Functional.subsample(rectified, stride);
    }

    /**
     * As {@link #applyRectified(NDArray, NDArray, Pass)}, from sites to sites. At stride 1 {@link Phases#join} makes the
     * image of them; at stride 2 they are the image.
     */
    public NDArray applyToSites(NDArray sites, NDArray gain, Pass pass) {
        return normalize(convolve(sites, onSites, pass), gain, pass);
    }

    @Override
    NDArray convolve(NDArray rectified, Pass pass) {
        if (!hasSites(rectified)) {
            return convolve(rectified, dilated, pass);
        }
        NDArray convolved = convolve(sites(rectified, stride), onSites, pass);
        return stride == 1 ? Phases.join(convolved) : convolved;
    }

    private NDArray convolve(NDArray rectified, Conv2d depthwise, Pass pass) {
        NDArray deep = depthwise.apply(rectified, pass.weight(depth)); // (N, C, H', W')
        return Conv2d.pointwise().apply(deep, pass.weight(point));
    }
}
