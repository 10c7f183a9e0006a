package io.dartboard.derive;

import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.derive.CollapseIndicators;
import io.dartboard.nas.derive.DerivationRule;
import io.dartboard.nas.derive.Projection;
import io.dartboard.nas.derive.StartDistance;
import io.dartboard.nas.genotype.Architecture;
import io.dartboard.nas.genotype.ArchitectureDistance;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The discrete cell that alphas give, of whatever kind.
 *
 * @param genotype published text form
 * @param hash SHA-256 of the canonical form
 * @param normalSkips skip connections in the normal cell; 0 of a recurrent cell, whose every node owns weights
 * @param normalSkipShare their share of the normal cell's genes, likewise
 * @param normalParameterFree share of the normal cell's edges that prefer an operation without weights, likewise
 * @param changedGenes edits that lead here from the cell of the epoch before; {@value #FIRST} where there is none
 * @param moved distance of its network from that of the epoch before, where there is one
 * @param fromStart distance of its network from the known one that the search began with, where it began with one
 */
record DerivedCell(
        String genotype,
        String hash,
        int normalSkips,
        double normalSkipShare,
        double normalParameterFree,
        int changedGenes,
        OptionalDouble moved,
        OptionalDouble fromStart) {
    private static final int FIRST = -1;

    /**
     * By a rule.
     *
     * @param threshold that of the search, 0 where it has none
     * @param projection what the search has decided by perturbation
     * @param before the text of the cell of the epoch before
     */
    static DerivedCell of(
            DerivationRule rule, double threshold, Alphas alphas, Projection projection, Optional<String> before) {
        var derivation = projection.derive(rule, alphas);
        var architecture = derivation.architecture();
        var earlier = before.map(Architecture::parse);
        return new DerivedCell(
                architecture.toString(),
                architecture.hash(),
                derivation.indicators().map(CollapseIndicators::normalSkips).orElse(0),
                derivation.indicators().map(CollapseIndicators::normalSkipShare).orElse(0.0),
                derivation
                        .indicators()
                        .map(CollapseIndicators::normalParameterFreeShare)
                        .orElse(0.0),
                earlier.map(cell -> cell.distance(architecture)).orElse(FIRST),
                earlier.map(cell -> ArchitectureDistance.ifAny(cell, architecture))
                        .orElse(OptionalDouble.empty()),
                threshold > 0
                        ? StartDistance.of(rule.space(), rule.relaxation(), threshold, alphas)
                        : OptionalDouble.empty());
    }
}
