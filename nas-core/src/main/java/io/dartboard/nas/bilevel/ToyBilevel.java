package io.dartboard.nas.bilevel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.bilevel.Derivatives.Wanted;
import io.dartboard.nas.optim.Sgd;
import io.dartboard.nas.tensor.AlphaVector;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.Initialization;
import io.dartboard.nas.tensor.ParameterLayout;
import io.dartboard.nas.tensor.ParameterVector;
import io.dartboard.nas.tensor.Scalars;
import java.util.List;

/**
 * A bilevel problem of one weight and one alpha: {@code L_valid = alpha w - 2 alpha + 1} and
 * {@code L_train = w^2 - 2 alpha w + alpha^2}, whose solution is (1, 1). DARTS (arXiv 1806.09055), figure 2.
 */
public final class ToyBilevel {
    private static final AlphaLayout ONE = new AlphaLayout(List.of(new AlphaLayout.Group("toy", 1, 1)));

    private final BilevelPoint point;
    private final Sgd sgd;

    /** The problem at a point, in double precision. */
    public ToyBilevel(NDManager scope, double alpha, double weight) {
        ParameterLayout.Builder layout = new ParameterLayout.Builder();
        layout.add("w", new Shape(1), new Initialization.Constant(0));
        ParameterVector weights =
                new ParameterVector(scope, layout.build(), new float[] {(float) weight}, DataType.FLOAT64);
        AlphaVector alphas = new AlphaVector(ONE, Copy.toDevice(scope, new double[] {alpha}, new Shape(1)));
        this.point = new BilevelPoint(weights, alphas, Mixing.GIVEN);
        this.sgd = new Sgd(scope, weights, 0, 0);
    }

    /** The weight's step down the training loss. */
    public InnerStep inner(double learningRate) {
        return new SgdStep(point, sgd, objective(ToyBilevel::train), learningRate, InnerStep.UNBOUNDED);
    }

    /** The validation loss. */
    public Objective valid() {
        return objective(ToyBilevel::valid);
    }

    /** One step of plain gradient descent on the alpha along a hypergradient, then one on the weight. */
    public void step(NDManager scope, Hypergradient hypergradient, double learningRate, double xi) {
        NDArray gradient = hypergradient.estimate(scope, inner(xi), valid()).gradient();
        Scalars.addScaled(point.alphas().values(), -learningRate, gradient);
        NDArray down = point.differentiate(scope, objective(ToyBilevel::train), Wanted.WEIGHTS)
                .weightGradient();
        sgd.step(down, learningRate);
    }

    /** The alpha as it stands. */
    public double alpha() {
        return Copy.scalar(point.alphas().values());
    }

    /** The weight as it stands. */
    public double weight() {
        return Copy.scalar(point.weights().values());
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

    private static Objective objective(Loss loss) {
        return (pass, weights, alphas) -> new Objective.Seen(loss.of(alphas, weights.vector()), new NDList());
    }
}
