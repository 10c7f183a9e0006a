package io.dartboard.nas.genotype;

import static java.util.stream.Collectors.joining;

/**
 * Prints genotypes in the text form that the authors' programs print and read. Numbers are joined and not formatted: a
 * formatter would write them in the digits of the user's language.
 */
final class GenotypeText {
    private GenotypeText() {}

    static String print(Genotype genotype) {
        return "Genotype(normal=" + genes(genotype.normal())
                + ", normal_concat=" + concat(genotype.normal())
                + ", reduce=" + genes(genotype.reduce())
                + ", reduce_concat=" + concat(genotype.reduce())
                + ")";
    }

    private static String genes(CellGenotype cell) {
        return cell.genes().stream()
                .map(gene -> "('" + gene.op().publishedName() + "', " + gene.from() + ")")
                .collect(joining(", ", "[", "]"));
    }

    private static String concat(CellGenotype cell) {
        return cell.concat().stream().map(String::valueOf).collect(joining(", ", "[", "]"));
    }
}
