package io.dartboard.nas.genotype;

import static java.util.stream.Collectors.joining;

import java.util.stream.IntStream;

/**
 * Prints genotypes in the text form that the authors' programs print and read. Numbers are joined and not formatted: a
 * formatter would write them in the digits of the user's language.
 */
final class GenotypeText {
    private GenotypeText() {}

    /** As pairs of operation and state where every node has two, else as FairDARTS prints genes: operation, node, state. */
    static String print(Genotype genotype) {
        boolean pairs = genotype.normal().isPaired() && genotype.reduce().isPaired();
        return "Genotype(normal=" + genes(genotype.normal(), pairs)
                + ", normal_concat=" + concat(genotype.normal())
                + ", reduce=" + genes(genotype.reduce(), pairs)
                + ", reduce_concat=" + concat(genotype.reduce())
                + ")";
    }

    static String genes(CellGenotype cell, boolean pairs) {
        return IntStream.range(0, cell.nodes())
                .boxed()
                .flatMap(node -> cell.genesOf(node).stream()
                        .map(gene -> "('" + gene.op().publishedName() + "', "
                                + (pairs ? "" : (CellGenotype.INPUTS + node) + ", ") + gene.from() + ")"))
                .collect(joining(", ", "[", "]"));
    }

    private static String concat(CellGenotype cell) {
        return cell.concat().stream().map(String::valueOf).collect(joining(", ", "[", "]"));
    }
}
