package io.dartboard.nas.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.Optional;

/**
 * All parameters of one kind as one contiguous vector on a device. An optimiser updates it in place in a handful of
 * operations; a pass sees its leaves as views, see {@link #leaves}. It lives in the scope it was made in.
 */
public final class ParameterVector {
    private final ParameterLayout layout;
    private final NDArray values; // (size)
    private final Optional<Leaves> constants;

    /** A vector of given values, in single precision. */
    public ParameterVector(NDManager scope, ParameterLayout layout, float[] values) {
        this(scope, layout, values, DataType.FLOAT32);
    }

    /**
     * A vector of given values.
     *
     * @param type 32-bit or 64-bit floats; nothing else can be trained on every device
     * @throws IllegalArgumentException if the count is not the layout's, or the type is another
     */
    public ParameterVector(NDManager scope, ParameterLayout layout, float[] values, DataType type) {
        if (layout.size() == 0) {
            throw new IllegalArgumentException("a parameter vector needs at least one leaf");
        }
        if (values.length != layout.size()) {
            throw new IllegalArgumentException(
                    "the layout has %d values (were %d)".formatted(layout.size(), values.length));
        }
        if (type != DataType.FLOAT32 && type != DataType.FLOAT64) {
            throw new IllegalArgumentException("parameters must be FLOAT32 or FLOAT64 (was %s)".formatted(type));
        }
        this.layout = layout;
        Shape shape = new Shape(layout.size());
        if (type == DataType.FLOAT64) {
            double[] wide = new double[values.length];
            for (int i = 0; i < wide.length; i++) {
                wide[i] = values[i];
            }
            this.values = Copy.toDevice(scope, wide, shape);
        } else {
            this.values = Copy.toDevice(scope, values, shape);
        }
        this.constants = Optional.of(constants(scope));
    }

    private ParameterVector(ParameterLayout layout, NDArray values) {
        this.layout = layout;
        this.values = values;
        this.constants = Optional.empty();
    }

    /**
     * Parameters of the same layout with other values, which are not copied.
     *
     * @param values (size); the vector lives as long as they do
     */
    public ParameterVector at(NDArray values) {
        if (values.size() != layout.size()) {
            throw new IllegalArgumentException(
                    "the layout has %d values (were %d)".formatted(layout.size(), values.size()));
        }
        return new ParameterVector(layout, values);
    }

    /** Where each leaf lies. */
    public ParameterLayout layout() {
        return layout;
    }

    /** The vector itself, (size); an update in place changes the parameters. */
    public NDArray values() {
        return values;
    }

    /** A copy on the heap; waits for the device. */
    public float[] toArray() {
        return Copy.toHost(values);
    }

    /** A copy of every leaf on the heap, as {@link ParameterLayout#named}; waits for the device. */
    public Map<String, HostTensor> named(String prefix) {
        return layout.named(prefix, toArray());
    }

    /**
     * The leaves as constants: nothing is recorded for them, so a backward pass skips their gradients. They are views of
     * the vector and follow its updates, so one set, in the vector's own scope, serves every pass; nobody may close them.
     */
    public Leaves constants() {
        return constants.orElseGet(() -> constants(values.getManager()));
    }

    /** As {@link #constants()} in a scope, for a pass in which results belong to the scope of the weights. */
    public Leaves constants(NDManager scope) {
        return Leaves.of(layout, Autograd.constant(scope, values));
    }

    /** The leaves for a pass that will be differentiated with respect to them. */
    public Leaves leaves(NDManager scope) {
        return Leaves.of(layout, Autograd.leaf(scope, values));
    }
}
