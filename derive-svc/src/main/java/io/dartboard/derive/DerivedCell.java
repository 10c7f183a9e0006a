package io.dartboard.derive;

import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.derive.CollapseIndicators;
import io.dartboard.nas.derive.DerivationRule;
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
 */
record DerivedCell(
        String genotype,
        String hash,
        int normalSkips,
        double normalSkipShare,
        double normalParameterFree,
        int changedGenes,
        OptionalDouble moved) {
    private static final int FIRST = -1;

    /** By a rule; {@code before} is the text of the cell of the epoch before. */
    static DerivedCell of(DerivationRule rule, Alphas alphas, Optional<String> before) {
        var derivation = rule.derive(alphas);
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
                        .orElse(OptionalDouble.empty()));
    }
}
