package io.dartboard.nas.genotype;

import static java.util.stream.Collectors.joining;

import java.util.List;

/** Prints recurrent genotypes in the text form that the authors' programs print and read. */
final class RecurrentGenotypeText {
    private RecurrentGenotypeText() {}

    static String print(RecurrentGenotype genotype) {
        String genes = genotype.genes().stream()
                .map(gene -> "('" + gene.op().publishedName() + "', " + gene.from() + ")")
                .collect(joining(", ", "[", "]"));
        return "Genotype(recurrent=" + genes + ", concat=" + states(genotype.concat()) + ")";
    }

    private static String states(List<Integer> states) {
        int first = states.get(0);
        for (int i = 0; i < states.size(); i++) {
            if (states.get(i) != first + i) {
                return states.stream().map(String::valueOf).collect(joining(", ", "[", "]"));
            }
        }
        return "range(" + first + ", " + (first + states.size()) + ")";
    }
}
