package io.dartboard.search;

import io.dartboard.nas.genotype.NamedGenotype;
import io.dartboard.nas.genotype.NamedRecurrentGenotype;

/**
 * A cell that a run is given instead of searching for one.
 *
 * @param name by which others know it; empty where it was written as a text
 * @param genotype its text form
 * @param hash the same for cells that differ in naming and order alone
 */
record GivenCell(String name, String genotype, String hash) {
    static GivenCell of(NamedGenotype named) {
        return new GivenCell(
                named.name(), named.genotype().toString(), named.genotype().hash());
    }

    static GivenCell of(NamedRecurrentGenotype named) {
        return new GivenCell(
                named.name(), named.genotype().toString(), named.genotype().hash());
    }
}
