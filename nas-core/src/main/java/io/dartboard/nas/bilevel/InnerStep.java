package io.dartboard.nas.bilevel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.optim.GradientClip;
import java.util.Optional;

/** The step that the weights are about to take; looked at, and not taken. */
public interface InnerStep {
    /** That gradients are not clipped. */
    double UNBOUNDED = Double.POSITIVE_INFINITY;

    /**
     * Where the step leads.
     *
     * @param weights after it, (size)
     * @param gradientNorm L2 norm of the gradient before it was clipped, (1); empty if gradients are not clipped
     */
    record Moved(NDArray weights, Optional<NDArray> gradientNorm) {}

    /** Where a finite difference looks. */
    enum Side {
        ABOVE,
        BELOW
    }

    /** Where the step starts, and the alphas at which it is taken. */
    BilevelPoint point();

    /** The loss that the step goes down. */
    Objective train();

    /** {@code eta}; 0 makes every unrolled estimate the first-order one. */
    double learningRate();

    /** Largest L2 norm of a gradient, or {@link #UNBOUNDED}. */
    double clip();

    /** Takes out of a direction of the weights, (size), in place, what this step does not move: weights that rest. */
    default void still(NDArray direction) {
        // Most steps move all.
    }

    /** Where the step leads; the result lies in a scope. */
    Moved move(NDManager scope);

    /** The factor by which a gradient of some norm is clipped, (1). */
    default NDArray clipFactor(NDArray gradientNorm) {
        return GradientClip.factor(gradientNorm, clip());
    }

    /** The training loss as it is seen to one side of the weights, for a finite difference. */
    default Objective train(Side side) {
        return train();
    }
}
