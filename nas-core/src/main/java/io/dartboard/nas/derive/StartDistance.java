package io.dartboard.nas.derive;

import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.alpha.Relaxation;
import io.dartboard.nas.genotype.ArchitectureDistance;
import io.dartboard.nas.genotype.CellGenotype;
import io.dartboard.nas.genotype.DistributedGenotype;
import io.dartboard.nas.genotype.KnownNetwork;
import io.dartboard.nas.searchspace.SearchSpace;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How far a search has come from the known network around which its space lies: the distance between the cells of that network
 * and those that the alphas say, each cell once. Whatever the search's own derivation, what counts are up to two operations of
 * every edge whose weights reach its threshold.
 *
 * <p>Source: DARTOpti, in the authors' code of D-DARTS (Heuillet et al., arXiv 2108.09306).
 */
public final class StartDistance {
    private StartDistance() {}

    /**
     * Measures it.
     *
     * @param threshold in (0, 1)
     * @return from 0 to 1; empty of a space around no network
     * @throws IllegalArgumentException if the alphas are not those of the space, or the threshold is none
     */
    public static OptionalDouble of(SearchSpace space, Relaxation relaxation, double threshold, Alphas alphas) {
        return KnownNetwork.around(space)
                .map(network -> OptionalDouble.of(
                        ArchitectureDistance.between(network.cells(), cells(network, relaxation, threshold, alphas))))
                .orElse(OptionalDouble.empty());
    }

    private static List<CellGenotype> cells(
            KnownNetwork network, Relaxation relaxation, double threshold, Alphas alphas) {
        Derivation derivation =
                new ThresholdEdge(threshold).rule(network.space(), relaxation).derive(alphas);
        List<CellGenotype> places = ((DistributedGenotype) derivation.architecture()).cells();
        return network.sequence().firsts().stream().map(places::get).toList();
    }
}
