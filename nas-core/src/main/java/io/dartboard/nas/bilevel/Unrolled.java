package io.dartboard.nas.bilevel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.bilevel.Derivatives.Wanted;
import io.dartboard.nas.bilevel.InnerStep.Moved;
import io.dartboard.nas.optim.GradientClip;
import io.dartboard.nas.setting.Checks;
import io.dartboard.nas.tensor.Scalars;
import java.util.Optional;

/**
 * Takes the weights after one step of theirs for the best ones: the derivative of {@code L_valid(w'(alpha), alpha)}, where
 * {@code w'} is where the step leads. DARTS (arXiv 1806.09055), equation 7:
 *
 * <pre>
 *   w' = w - xi * (c * dL_train(w, alpha)/dw + ...)      the step, which may be clipped by a factor c
 *   a = dL_valid(w', alpha)/dalpha        v = dL_valid(w', alpha)/dw', clipped likewise
 *   h = (dL_train(w + R v, alpha)/dalpha - dL_train(w - R v, alpha)/dalpha) / (2 R),   R = radius / ||v||
 *   gradient = a - xi * c * h
 * </pre>
 *
 * <p>{@code h} is equation 8's finite difference for the product of the mixed second derivative with {@code v}. Momentum
 * and weight decay move {@code w'} but do not depend on the alphas, so they add nothing to {@code h}. On networks with
 * ReLUs and max pooling a finite difference of the published radius crosses kinks and is <em>not</em> close to the analytic
 * product; it is what the authors use, and what the results of the method rest on.
 *
 * <p>The weights are never changed and so need not be restored; no number is read from the device on the way.
 *
 * @param radius length of the step to either side of the weights; the authors use 0.01
 */
public record Unrolled(double radius) implements Hypergradient {
    /** The authors' radius. */
    public static final double PUBLISHED_RADIUS = 0.01;

    public Unrolled {
        Checks.positive("radius", radius);
    }

    /** With the authors' radius. */
    public Unrolled() {
        this(PUBLISHED_RADIUS);
    }

    @Override
    public Estimate estimate(NDManager scope, InnerStep inner, Objective valid, Wanted wanted) {
        try (NDManager way = scope.newSubManager()) {
            Moved moved = inner.move(way);
            Derivatives there = inner.point().differentiate(way, valid, moved.weights(), Wanted.BOTH);
            NDArray direction = there.weightGradient();
            inner.still(direction);
            if (inner.clip() != InnerStep.UNBOUNDED) {
                GradientClip.globalNorm(direction, inner.clip());
            }
            FiniteDifference mixed = new FiniteDifference(radius);
            NDArray implicit = mixed.mixedProduct(way, inner, direction, mixed.scale(way, direction));
            moved.gradientNorm().ifPresent(norm -> implicit.muli(inner.clipFactor(norm)));
            NDArray gradient = there.alphaGradient().sub(Scalars.times(implicit, inner.learningRate()));
            return new Estimate(there.loss(), there.beside(), gradient, wanted.weights(direction)).into(scope);
        }
    }

    @Override
    public NDArray bestWeights(NDManager scope, InnerStep inner, InnerStep moved) {
        return moved.move(scope).weights();
    }

    @Override
    public Optional<Hypergradient> exact() {
        return Optional.of(new Unrolled(FiniteDifference.EXACT_RADIUS));
    }
}
