package io.dartboard.nas.genotype;

import static java.util.stream.Collectors.joining;

/** Prints genotypes in the text form that the authors' programs print and read. */
final class GenotypeText {
    private GenotypeText() {}

    static String print(Genotype genotype) {
        return "Genotype(normal=%s, normal_concat=%s, reduce=%s, reduce_concat=%s)"
                .formatted(
                        genes(genotype.normal()),
                        concat(genotype.normal()),
                        genes(genotype.reduce()),
                        concat(genotype.reduce()));
    }

    private static String genes(CellGenotype cell) {
        return cell.genes().stream()
                .map(gene -> "('%s', %d)".formatted(gene.op().publishedName(), gene.from()))
                .collect(joining(", ", "[", "]"));
    }

    private static String concat(CellGenotype cell) {
        return cell.concat().stream().map(String::valueOf).collect(joining(", ", "[", "]"));
    }
}
