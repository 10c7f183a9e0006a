package io.dartboard.nas.bilevel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.derive.Projection;
import io.dartboard.nas.searchspace.SearchSpace;
import io.dartboard.nas.tensor.Copy;
import java.util.Arrays;

/**
 * What has been decided of a supernet, on a device: mixing weights are {@code open * weights + fixed}, so that the alphas of what
 * is decided have no gradient.
 *
 * @param open (layout.size()), 1 for what is not decided
 * @param fixed (layout.size()), what is decided
 */
public record ProjectedMixture(NDArray open, NDArray fixed) implements AutoCloseable {
    /** In a scope, in single precision. */
    static ProjectedMixture of(NDManager scope, SearchSpace space, AlphaLayout layout, Projection projection) {
        float[] ones = new float[layout.size()];
        Arrays.fill(ones, 1);
        float[] fixed = projection.over(space, layout, new float[layout.size()]);
        float[] open = projection.over(space, layout, ones);
        for (int i = 0; i < open.length; i++) {
            open[i] -= fixed[i];
        }
        Shape shape = new Shape(open.length);
        return new ProjectedMixture(Copy.toDevice(scope, open, shape), Copy.toDevice(scope, fixed, shape));
    }

    /** Mixing weights in which what is decided stands. */
    NDArray over(NDArray weights) {
        return weights.mul(open).add(fixed);
    }

    @Override
    public void close() {
        open.close();
        fixed.close();
    }
}
