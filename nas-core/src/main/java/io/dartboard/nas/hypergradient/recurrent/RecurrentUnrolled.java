package io.dartboard.nas.hypergradient.recurrent;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.hypergradient.recurrent.RecurrentPoint.Half;
import io.dartboard.nas.hypergradient.recurrent.RecurrentPoint.Seen;
import io.dartboard.nas.optim.GradientClip;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.Leaves;
import io.dartboard.nas.tensor.ParameterLayout;
import io.dartboard.nas.tensor.ParameterVector;
import io.dartboard.nas.tensor.Scalars;
import io.dartboard.nas.tensor.Torch;
import java.util.List;

/**
 * Takes one step of the weights for the way to the best ones, DARTS (arXiv 1806.09055) equations 7 and 8. With the
 * training loss {@code L_t}, the validation loss {@code L_v}, the learning rate {@code eta} and {@code clip} scaling a
 * vector to a bounded norm:
 *
 * <pre>
 * w' = w - eta (clip(dL_t/dw) + decay w)
 * v  = clip(dL_v/dw' at w')              R = radius / |v|
 * h  = (dL_t/dalpha at w + R v  -  dL_t/dalpha at w - R v) / 2R
 * gradient = dL_v/dalpha at w'  -  eta c h
 * </pre>
 *
 * <p>where {@code c} is the factor by which the training gradient was clipped. The norm is taken over all weights as one
 * vector. Three passes over the training window and one over the validation window see one set of masks each.
 *
 * @param clip largest norm of a weight gradient
 * @param weightDecay of the weight step
 * @param radius length of the step to either side of the weights; the authors use 0.01
 * @param defects those of the authors' code that are wanted back
 */
public record RecurrentUnrolled(double clip, double weightDecay, double radius, PublishedDefects defects)
        implements RecurrentHypergradient {
    /** The authors' radius. */
    public static final double PUBLISHED_RADIUS = 0.01;

    // As in the published code, where it keeps the factor finite.
    private static final double EPSILON = 1e-6;

    public RecurrentUnrolled {
        if (!(clip > 0) || !(weightDecay >= 0) || !(radius > 0)) {
            throw new IllegalArgumentException(
                    "the unrolled step needs a positive clip and radius and a weight decay of at least 0 (were %s, %s and %s)"
                            .formatted(clip, radius, weightDecay));
        }
    }

    /** With the authors' radius. */
    public RecurrentUnrolled(double clip, double weightDecay, PublishedDefects defects) {
        this(clip, weightDecay, PUBLISHED_RADIUS, defects);
    }

    @Override
    public Estimate estimate(NDManager scope, RecurrentPoint point, Half train, Half valid, double learningRate) {
        try (NDManager inner = scope.newSubManager();
                Autograd.Mode paused = Autograd.paused()) {
            NDArray weights = Autograd.constant(inner, point.weights().values());
            NDArray trainGradient = weightGradient(inner, point, train);
            NDArray norm = GradientClip.globalNorm(trainGradient, clip);
            NDArray virtual = virtual(point, weights, trainGradient, learningRate);
            Ahead ahead = ahead(inner, scope, point, valid, virtual);

            NDArray direction = ahead.weightGradient();
            GradientClip.globalNorm(direction, clip);
            NDArray reach = Scalars.of(inner, radius, weights.getDataType())
                    .div(direction.square().sum().sqrt().reshape(1));
            NDArray offset = direction.mul(reach);
            NDArray above = alphaGradient(inner, point, train, weights.add(offset), 1);
            NDArray below = alphaGradient(inner, point, train, weights.sub(offset), 2);
            NDArray implicit = above.sub(below).div(Scalars.times(reach, 2));
            NDArray gradient = ahead.estimate().gradient();
            gradient.subi(Scalars.times(implicit.mul(coefficient(norm)), learningRate));
            return ahead.estimate();
        }
    }

    private NDArray weightGradient(NDManager inner, RecurrentPoint point, Half train) {
        try (NDManager pass = inner.newSubManager();
                Autograd.Mode recording = Autograd.recording()) {
            Leaves leaves = point.weights().leaves(pass);
            Seen seen = point.see(pass, train, 0, leaves, point.alphas().constant(pass));
            return Torch.into(inner, Autograd.gradient(seen.likelihood(), leaves.vector()));
        }
    }

    private NDArray virtual(RecurrentPoint point, NDArray weights, NDArray clipped, double learningRate) {
        NDArray step = clipped.add(Scalars.times(weights, weightDecay));
        NDArray virtual = weights.sub(Scalars.times(step, learningRate));
        if (!defects.embeddingStays()) {
            return virtual;
        }
        ParameterLayout.Leaf embedding =
                point.weights().layout().leaves().get(point.supernet().model().embedding());
        long[] cuts = {embedding.offset(), embedding.offset() + embedding.size()};
        NDList moved = virtual.split(cuts);
        NDList old = weights.split(cuts);
        return NDArrays.concat(new NDList(moved.get(0), old.get(1), moved.get(2)), 0);
    }

    /**
     * The validation window seen from the virtual weights.
     *
     * @param estimate with the gradient's direct term
     */
    private record Ahead(Estimate estimate, NDArray weightGradient) {}

    private Ahead ahead(NDManager inner, NDManager scope, RecurrentPoint point, Half valid, NDArray virtual) {
        try (NDManager pass = inner.newSubManager();
                Autograd.Mode recording = Autograd.recording()) {
            Leaves leaves = point.weights().at(virtual).leaves(pass);
            NDArray alphas = point.alphas().leaf(pass);
            Seen seen = point.see(pass, valid, 0, leaves, alphas);
            List<NDArray> gradients = Autograd.gradients(seen.likelihood(), alphas, leaves.vector());
            Estimate estimate = new Estimate(
                    Autograd.constant(scope, seen.likelihood()),
                    Torch.into(scope, gradients.get(0)),
                    Autograd.constant(scope, seen.outputs().hidden()));
            return new Ahead(estimate, Torch.into(inner, gradients.get(1)));
        }
    }

    private NDArray alphaGradient(NDManager inner, RecurrentPoint point, Half train, NDArray weights, int pass) {
        ParameterVector there = point.weights().at(weights);
        try (NDManager scope = inner.newSubManager();
                Autograd.Mode recording = Autograd.recording()) {
            NDArray alphas = point.alphas().leaf(scope);
            Seen seen = point.see(scope, train, defects.masksDiffer() ? pass : 0, there.constants(scope), alphas);
            return Torch.into(inner, Autograd.gradient(seen.likelihood(), alphas));
        }
    }

    private NDArray coefficient(NDArray norm) {
        NDArray unbounded =
                Scalars.of(norm.getManager(), clip, norm.getDataType()).div(Scalars.plus(norm, EPSILON));
        return defects.coefficientUnbounded()
                ? unbounded
                : unbounded.minimum(Scalars.of(norm.getManager(), 1, norm.getDataType()));
    }
}
