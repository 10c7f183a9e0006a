package io.dartboard.derive;

import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.derive.StrongestPredecessor;
import io.dartboard.nas.derive.TopTwo;
import io.dartboard.nas.genotype.Genotype;
import io.dartboard.nas.genotype.GenotypeDistance;
import io.dartboard.nas.genotype.RecurrentGenotype;
import io.dartboard.nas.genotype.RecurrentGenotypeDistance;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.RecurrentSpace;
import java.util.Optional;

/**
 * The discrete cell that alphas give, of whatever kind.
 *
 * @param genotype published text form
 * @param hash SHA-256 of the canonical form
 * @param normalSkips skip connections in the normal cell; 0 of a recurrent cell, whose every node owns weights
 * @param normalParameterFree share of the normal cell's edges that prefer an operation without weights, likewise
 * @param changedGenes edits that lead here from the cell of the epoch before; {@value #FIRST} where there is none
 */
record DerivedCell(String genotype, String hash, int normalSkips, double normalParameterFree, int changedGenes) {
    private static final int FIRST = -1;

    /** By the rule for convolutional cells; {@code before} is the text of the cell of the epoch before. */
    static DerivedCell of(CnnSpace space, Alphas alphas, Optional<String> before) {
        var derivation = new TopTwo(space).derive(alphas);
        var genotype = derivation.genotype();
        return new DerivedCell(
                genotype.toString(),
                genotype.hash(),
                derivation.indicators().normalSkips(),
                derivation.indicators().normalParameterFreeShare(),
                before.map(earlier -> GenotypeDistance.between(Genotype.parse(earlier), genotype))
                        .orElse(FIRST));
    }

    /** By the rule for a recurrent cell. */
    static DerivedCell of(RecurrentSpace space, Alphas alphas, Optional<String> before) {
        var genotype = new StrongestPredecessor(space).genotype(alphas);
        return new DerivedCell(
                genotype.toString(),
                genotype.hash(),
                0,
                0.0,
                before.map(earlier -> RecurrentGenotypeDistance.between(RecurrentGenotype.parse(earlier), genotype))
                        .orElse(FIRST));
    }
}
