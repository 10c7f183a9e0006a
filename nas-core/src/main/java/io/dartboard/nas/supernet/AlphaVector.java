package io.dartboard.nas.supernet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.alpha.AlphaCodec;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.Copy;

/**
 * The architecture parameters on a device: normal, then reduce, each row-major (edges, candidates), in one vector. It is
 * deliberately no parameter vector, so that an optimiser of weights cannot take it, nor an optimiser of alphas weights.
 */
public final class AlphaVector implements LiveAlphas {
    private final CnnSpace space;
    private final NDArray values; // (2 * edges * candidates)

    /**
     * Copies alphas to a device.
     *
     * @param scope what they live as long as
     * @throws IllegalArgumentException if the alphas are not of the space's shape
     */
    public AlphaVector(NDManager scope, CnnSpace space, Alphas alphas, DataType type) {
        alphas.requireShapeOf(space);
        this.space = space;
        float[] flat = AlphaCodec.encode(alphas);
        NDArray single = Copy.toDevice(scope, flat, new Shape(flat.length));
        this.values = single.toType(type, false);
    }

    /**
     * Takes values that lie on a device already.
     *
     * @param values (2 * edges * candidates), in this class's order
     * @throws IllegalArgumentException if there are more or fewer
     */
    public AlphaVector(CnnSpace space, NDArray values) {
        if (values.size() != 2L * space.edgeCount() * space.candidateCount()) {
            throw new IllegalArgumentException("space '%s' has %d alphas (were %d)"
                    .formatted(space.id(), 2 * space.edgeCount() * space.candidateCount(), values.size()));
        }
        this.space = space;
        this.values = values;
    }

    /** The space whose candidates these weigh. */
    public CnnSpace space() {
        return space;
    }

    @Override
    public NDArray values() {
        return values;
    }

    /** A copy on the heap; waits for the device. */
    public Alphas toAlphas() {
        return AlphaCodec.decode(space, Copy.toHost(values));
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
