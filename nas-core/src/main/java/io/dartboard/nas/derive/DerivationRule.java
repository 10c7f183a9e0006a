package io.dartboard.nas.derive;

import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.genotype.Genotype;
import io.dartboard.nas.searchspace.CnnSpace;

/** A published way to read a discrete architecture off architecture parameters. One class per rule. */
public sealed interface DerivationRule permits TopTwo {

    /**
     * The discrete architecture of these parameters.
     *
     * @throws IllegalArgumentException if their shape is not that of the rule's space
     */
    Genotype genotype(Alphas alphas);

    /** The genotype together with the indicators of a collapse. */
    default Derivation derive(Alphas alphas) {
        Genotype genotype = genotype(alphas);
        return new Derivation(genotype, CollapseIndicators.of(space(), alphas, genotype));
    }

    /** The space whose parameters the rule reads. */
    CnnSpace space();
}
