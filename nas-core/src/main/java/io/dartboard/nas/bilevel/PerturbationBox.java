package io.dartboard.nas.bilevel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.provenance.RandomStream;
import io.dartboard.nas.tensor.Noise;
import io.dartboard.nas.tensor.Scalars;
import io.dartboard.nas.tensor.Splits;

/**
 * Mixing weights that are each at most so far from given ones, and whose edges' sum is one. Parameters that weigh edges are
 * what they are.
 *
 * <p>Source: Chen and Hsieh (SDARTS, arXiv 2002.05283), and the authors' code: weights that leave [0, 1] are put
 * on its border, and an edge's are divided by their sum.
 */
final class PerturbationBox {
    private final AlphaLayout layout;
    private final NDArray centre; // (layout.size())
    private final NDArray radius; // (1)
    private final double side;

    private PerturbationBox(AlphaLayout layout, NDArray centre, NDArray radius, double side) {
        this.layout = layout;
        this.centre = centre;
        this.radius = radius;
        this.side = side;
    }

    /** The box around the mixing weights that stand in the place of a point's alphas. */
    static PerturbationBox around(NDManager scope, BilevelPoint point, double side) {
        NDArray centre = point.alphas().constant(scope);
        return new PerturbationBox(
                point.alphas().layout(), centre, Scalars.of(scope, side, centre.getDataType()), side);
    }

    /** Weights drawn evenly from the box. */
    NDArray anywhere(NDManager scope, RandomStream random) {
        NDArray offsets =
                Noise.on(scope, centre.getShape(), centre.getDataType(), () -> side * (2 * random.nextDouble() - 1));
        return weights(offsets.add(centre));
    }

    /**
     * Weights a step further, still in the box.
     *
     * @param at where the step starts; its scope takes the result
     * @param direction (layout.size())
     * @param share of half the box's side by which the step goes
     */
    NDArray climb(NDArray at, NDArray direction, double share) {
        NDArray stepped = Scalars.times(direction, share * side).add(at);
        NDArray offset = NDArrays.maximum(NDArrays.minimum(stepped.sub(centre), radius), radius.neg());
        return weights(offset.add(centre));
    }

    /** Of each edge's values the share that each has of those above 0; the edge's centre where there are none. */
    private NDArray weights(NDArray values) {
        AlphaLayout ofCandidates = layout.ofCandidates();
        long[] cuts = {ofCandidates.size(), layout.size() - ofCandidates.size()};
        int candidates = ofCandidates.groups().get(0).candidates();
        NDArray rows = part(values, cuts).reshape(-1, candidates);
        NDArray positive = NDArrays.minimum(NDArrays.maximum(rows, rows.zerosLike()), rows.onesLike());
        NDArray sums = positive.sum(new int[] {1}, true);
        NDArray empty = sums.eq(sums.zerosLike()).toType(sums.getDataType(), false);
        NDArray filled = positive.add(part(centre, cuts).reshape(-1, candidates).mul(empty));
        NDArray weights = filled.div(filled.sum(new int[] {1}, true)).reshape(-1);
        return cuts[1] == 0
                ? weights
                : NDArrays.concat(new NDList(weights, Splits.of(centre, cuts).get(1)));
    }

    private static NDArray part(NDArray values, long[] cuts) {
        return cuts[1] == 0 ? values : Splits.of(values, cuts).get(0);
    }
}
