package io.dartboard.nas.image.ops;

import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.tensor.Initialization;
import io.dartboard.nas.tensor.ParameterLayout;
import java.util.List;

/**
 * A network while it is put together: each operation registers its weights here and keeps the indices it is given. In
 * the end {@link #weights()} says how the weights lie in one vector, {@link #statistics()} how the running statistics do.
 */
public final class Assembly {
    private final Form form;
    private final boolean normalisesPooling;
    private final ParameterLayout.Builder weights = new ParameterLayout.Builder();
    private final ParameterLayout.Builder statistics = new ParameterLayout.Builder();
    private int skipDropouts;

    /** Starts a network whose operations all have one form. */
    public Assembly(Form form) {
        this(form, form == Form.SEARCH);
    }

    private Assembly(Form form, boolean normalisesPooling) {
        this.form = form;
        this.normalisesPooling = normalisesPooling;
    }

    /** Starts a supernet of NAS-Bench-201, whose pooling is bare. */
    public static Assembly searchWithBarePooling() {
        return new Assembly(Form.SEARCH, false);
    }

    /** The form of the operations. */
    public Form form() {
        return form;
    }

    /** Whether pooling is followed by a normalisation without parameters. */
    boolean normalisesPooling() {
        return normalisesPooling;
    }

    /** Registers the kernel of a convolution without bias, (out, inPerGroup, height, width), and returns its index. */
    public int kernel(String name, int out, int inPerGroup, int height, int width) {
        return weights.kernel(name, out, inPerGroup, height, width);
    }

    /**
     * Registers the kernels of convolutions that are applied side by side, each (out, inPerGroup, height, width), and
     * returns the index of all of them as one.
     */
    public int kernels(List<String> names, int out, int inPerGroup, int height, int width) {
        return weights.kernels(names, out, inPerGroup, height, width);
    }

    /** Registers the weight (out, in) and the bias (out) of a linear layer. */
    public Linear linear(String name, int out, int in) {
        Initialization initialization = new Initialization.FanIn(in);
        return new Linear(
                weights.add(name + ".weight", new Shape(out, in), initialization),
                weights.add(name + ".bias", new Shape(out), initialization));
    }

    /** Registers a normalisation inside a cell: without parameters in the search form. */
    public Normalization normalization(String name, int channels) {
        return form == Form.SEARCH ? new Normalization.Plain() : affineNormalization(name, channels);
    }

    /** Registers a normalisation with parameters, and with running statistics in the discrete form. */
    public Normalization affineNormalization(String name, int channels) {
        Shape shape = new Shape(channels);
        int gain = weights.add(name + ".weight", shape, new Initialization.Constant(1));
        int bias = weights.add(name + ".bias", shape, new Initialization.Constant(0));
        if (form == Form.SEARCH) {
            return new Normalization.Affine(gain, bias);
        }
        return new Normalization.Tracked(
                gain,
                bias,
                statistics.add(name + ".running_mean", shape, new Initialization.Constant(0)),
                statistics.add(name + ".running_var", shape, new Initialization.Constant(1)));
    }

    /** Registers a skip connection of an edge of which a part is dropped out. */
    public SkipDropout skipDropout() {
        return new SkipDropout(skipDropouts++);
    }

    /** Number of the skip connections registered so far of which a part is dropped out. */
    public int skipDropouts() {
        return skipDropouts;
    }

    /** The layout of all weights registered so far. */
    public ParameterLayout weights() {
        return weights.build();
    }

    /** The layout of all running statistics registered so far; empty in the search form. */
    public ParameterLayout statistics() {
        return statistics.build();
    }
}
