package io.dartboard.nas.supernet.recurrent;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.alpha.RecurrentAlphas;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.supernet.LiveAlphas;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.Copy;

/** The architecture parameters of a recurrent cell on a device, row-major (edges, candidates), in one vector. */
public final class RecurrentAlphaVector implements LiveAlphas {
    private final RecurrentSpace space;
    private final NDArray values; // (edges * candidates)

    /**
     * Copies alphas to a device.
     *
     * @param scope what they live as long as
     * @throws IllegalArgumentException if the alphas are not of the space's shape
     */
    public RecurrentAlphaVector(NDManager scope, RecurrentSpace space, RecurrentAlphas alphas, DataType type) {
        this.space = space;
        float[] flat = alphas.requireShapeOf(space).toArray();
        this.values = Copy.toDevice(scope, flat, new Shape(flat.length)).toType(type, false);
    }

    @Override
    public NDArray values() {
        return values;
    }

    /** A copy on the heap; waits for the device. */
    public RecurrentAlphas toAlphas() {
        return RecurrentAlphas.of(space, Copy.toHost(values));
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
