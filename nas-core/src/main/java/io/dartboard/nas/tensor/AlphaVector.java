package io.dartboard.nas.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.alpha.Alphas;

/**
 * The architecture parameters on a device, in one vector: group by group, each row-major (edges, candidates). It is
 * deliberately no parameter vector, so that an optimiser of weights cannot take it, nor an optimiser of alphas weights.
 */
public final class AlphaVector {
    private final AlphaLayout layout;
    private final NDArray values; // (layout.size())

    /**
     * Copies alphas to a device.
     *
     * @param scope what they live as long as
     */
    public AlphaVector(NDManager scope, Alphas alphas, DataType type) {
        this(alphas.layout(), copy(scope, alphas.toArray(), type));
    }

    /**
     * Takes values that lie on a device already.
     *
     * @param values one per alpha, in this class's order
     * @throws IllegalArgumentException if there are more or fewer
     */
    public AlphaVector(AlphaLayout layout, NDArray values) {
        if (values.size() != layout.size()) {
            throw new IllegalArgumentException(
                    "there are %d alphas in %s (were %d)".formatted(layout.size(), layout, values.size()));
        }
        this.layout = layout;
        this.values = values;
    }

    private static NDArray copy(NDManager scope, float[] flat, DataType type) {
        return Copy.toDevice(scope, flat, new Shape(flat.length)).toType(type, false);
    }

    /** Which alphas these are. */
    public AlphaLayout layout() {
        return layout;
    }

    /** The vector itself, one value per alpha; an update in place changes the alphas. */
    public NDArray values() {
        return values;
    }

    /** A copy on the heap; waits for the device. */
    public Alphas toAlphas() {
        return Alphas.of(layout, Copy.toHost(values));
    }

    /** For a pass that is not differentiated with respect to the alphas. */
    public NDArray constant(NDManager scope) {
        return Autograd.constant(scope, values);
    }

    /** For a pass that is differentiated with respect to the alphas. */
    public NDArray leaf(NDManager scope) {
        return Autograd.leaf(scope, values);
    }
}
