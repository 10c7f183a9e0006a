package io.dartboard.eval;

import io.dartboard.nas.genotype.Genotype;
import io.dartboard.nas.genotype.RecurrentGenotype;

/**
 * A discrete cell of any space, as far as planning has to know it.
 *
 * @param genotype the published text form
 * @param hash the same for cells that differ in naming and order alone
 */
record Cell(String genotype, String hash) {
    static Cell of(Genotype genotype) {
        return new Cell(genotype.toString(), genotype.hash());
    }

    static Cell of(RecurrentGenotype genotype) {
        return new Cell(genotype.toString(), genotype.hash());
    }

    /**
     * Reads a text form.
     *
     * @throws io.dartboard.nas.genotype.GenotypeSyntaxException if it is none; the message says where
     */
    static Cell parse(String text) {
        return RecurrentGenotype.isMeantBy(text) ? of(RecurrentGenotype.parse(text)) : of(Genotype.parse(text));
    }
}
