package io.dartboard.nas.bilevel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.tensor.DeviceRelaxation;
import io.dartboard.nas.tensor.Scalars;
import io.dartboard.nas.tensor.Splits;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How alphas become what a supernet mixes by, in the passes of one half of a step. Supernets know nothing of relaxations.
 *
 * @param relaxation of the candidates, as it is drawn for these passes; empty where the mixing weights themselves stand in the
 *     place of the alphas
 * @param auxiliary the weight of what lies beside every mixture, see {@link io.dartboard.nas.alpha.EdgeForm}
 * @param projected what stands in the mixing weights, whatever the alphas, because it has been decided by perturbation
 */
public record Mixing(
        Optional<DeviceRelaxation.Drawn> relaxation, OptionalDouble auxiliary, Optional<ProjectedMixture> projected) {
    /** That of DARTS (arXiv 1806.09055), equation 2. */
    public static final Mixing SOFTMAX = of(DeviceRelaxation.SOFTMAX);

    /** What is given in the place of the alphas is mixed by. */
    public static final Mixing GIVEN = new Mixing(Optional.empty(), OptionalDouble.empty());

    /** Of which nothing has been decided. */
    public Mixing(Optional<DeviceRelaxation.Drawn> relaxation, OptionalDouble auxiliary) {
        this(relaxation, auxiliary, Optional.empty());
    }

    /** A relaxation with nothing beside the mixtures. */
    public static Mixing of(DeviceRelaxation relaxation) {
        return new Mixing(Optional.of(relaxation::weights), OptionalDouble.empty());
    }

    /** The same by another relaxation, and with another weight of what lies beside; what has been decided stands. */
    Mixing by(DeviceRelaxation.Drawn other, OptionalDouble beside) {
        return new Mixing(Optional.of(other), beside, projected);
    }

    /** The same with something decided in the place of what was. */
    Mixing projected(ProjectedMixture decided) {
        return new Mixing(relaxation, auxiliary, Optional.of(decided));
    }

    /** The same for mixing weights that are given in the place of the alphas. */
    Mixing given() {
        return new Mixing(Optional.empty(), auxiliary, projected);
    }

    /** The same for the mixing weights of a discrete architecture, beside which nothing lies. */
    Mixing discrete() {
        return new Mixing(Optional.empty(), auxiliary.isEmpty() ? auxiliary : OptionalDouble.of(0));
    }

    /**
     * What a supernet mixes by.
     *
     * @param alphas (layout.size()), or {@link #relaxed} ones
     * @return the weights of the candidates in the alphas' places; the parameters of edges as they are; at last the auxiliary
     *     weight, where there is one
     */
    public NDArray weights(NDArray alphas, AlphaLayout layout) {
        NDArray relaxed = relaxed(alphas, layout);
        return auxiliary.isEmpty()
                ? relaxed
                : NDArrays.concat(new NDList(
                        relaxed, Scalars.of(alphas.getManager(), auxiliary.getAsDouble(), alphas.getDataType())));
    }

    /** The weights of the candidates in the alphas' places, the parameters of edges as they are: (layout.size()). */
    NDArray relaxed(NDArray alphas, AlphaLayout layout) {
        NDArray weights = relaxation.map(each -> relaxed(each, alphas, layout)).orElse(alphas);
        return projected.map(decided -> decided.over(weights)).orElse(weights);
    }

    private static NDArray relaxed(DeviceRelaxation.Drawn relaxation, NDArray alphas, AlphaLayout layout) {
        AlphaLayout ofCandidates = layout.ofCandidates();
        long mixing = ofCandidates.size();
        int candidates = ofCandidates.groups().get(0).candidates();
        if (mixing == layout.size()) {
            return relaxation.weights(alphas.reshape(-1, candidates)).reshape(-1);
        }
        NDList parts = Splits.of(alphas, new long[] {mixing, layout.size() - mixing});
        NDArray weights =
                relaxation.weights(parts.get(0).reshape(-1, candidates)).reshape(-1);
        return NDArrays.concat(new NDList(weights, parts.get(1)));
    }
}
