package io.dartboard.nas.hypergradient;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.hypergradient.Derivatives.Wanted;
import io.dartboard.nas.optim.Sgd;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.Initialization;
import io.dartboard.nas.tensor.ParameterLayout;
import io.dartboard.nas.tensor.ParameterVector;
import io.dartboard.nas.tensor.Scalars;
import java.util.List;
import java.util.Optional;

/**
 * A bilevel problem of one weight and one alpha: {@code L_valid = alpha w - 2 alpha + 1} and
 * {@code L_train = w^2 - 2 alpha w + alpha^2}, whose solution is (1, 1). DARTS (arXiv 1806.09055), figure 2.
 */
public final class ToyBilevel {
    private final NDArray alpha; // (1)
    private final ParameterVector weight; // (1)
    private final Sgd sgd;

    /** The problem at a point, in double precision. */
    public ToyBilevel(NDManager scope, double alpha, double weight) {
        ParameterLayout.Builder layout = new ParameterLayout.Builder();
        layout.add("w", new Shape(1), new Initialization.Constant(0));
        this.alpha = Copy.toDevice(scope, new double[] {alpha}, new Shape(1));
        this.weight = new ParameterVector(scope, layout.build(), new float[] {(float) weight}, DataType.FLOAT64);
        this.sgd = new Sgd(scope, this.weight, 0, 0);
    }

    /** The weight's step down the training loss. */
    public InnerStep inner(double learningRate) {
        return new InnerStep(
                sgd, (scope, w, wanted) -> differentiate(scope, w, wanted, ToyBilevel::train), learningRate);
    }

    /** The validation loss. */
    public Objective valid() {
        return (scope, w, wanted) -> differentiate(scope, w, wanted, ToyBilevel::valid);
    }

    /** One step of plain gradient descent on the alpha along a hypergradient, then one on the weight. */
    public void step(NDManager scope, Hypergradient hypergradient, double learningRate, double xi) {
        NDArray gradient = hypergradient.estimate(scope, inner(xi), valid()).gradient();
        Scalars.addScaled(alpha, -learningRate, gradient);
        NDArray down = inner(learningRate)
                .train()
                .differentiate(scope, weight.values(), Wanted.WEIGHTS)
                .weightGradient();
        sgd.step(down, learningRate);
    }

    /** The alpha as it stands. */
    public double alpha() {
        return Copy.scalar(alpha);
    }

    /** The weight as it stands. */
    public double weight() {
        return Copy.scalar(weight.values());
    }

    private interface Loss {
        NDArray of(NDArray alpha, NDArray w);
    }

    private static NDArray valid(NDArray alpha, NDArray w) {
        return Scalars.plus(alpha.mul(w).sub(Scalars.times(alpha, 2)), 1);
    }

    private static NDArray train(NDArray alpha, NDArray w) {
        return w.mul(w).sub(Scalars.times(alpha.mul(w), 2)).add(alpha.mul(alpha));
    }

    private Derivatives differentiate(NDManager scope, NDArray weights, Wanted wanted, Loss loss) {
        try (Autograd.Mode recording = Autograd.recording()) {
            NDArray a = Autograd.leaf(scope, alpha);
            NDArray w = Autograd.leaf(scope, weights);
            NDArray value = loss.of(a, w);
            List<NDArray> gradients = Autograd.gradients(value, a, w);
            return new Derivatives(
                    Autograd.constant(scope, value),
                    Autograd.constant(scope, value),
                    wanted.alphas() ? Optional.of(gradients.get(0)) : Optional.empty(),
                    wanted.weights() ? Optional.of(gradients.get(1)) : Optional.empty());
        }
    }
}
