package io.dartboard.nas.genotype;

import io.dartboard.nas.searchspace.CellKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How far two genotypes are apart: the least number of edits that turn one into the other, where an edit replaces,
 * adds or removes one gene, or adds a node to or removes it from the concatenation, and nodes may be renamed for free.
 *
 * <p>It is a metric on genotypes up to renaming: zero exactly for those with equal {@link Genotype#canonical()} forms.
 * Between two genotypes of the DARTS space it is at most 16, the number of their genes.
 */
public final class GenotypeDistance {
    private record Operand(int node, Gene gene) {}

    private GenotypeDistance() {}

    /** Edits between two genotypes, over both cells. */
    public static int between(Genotype left, Genotype right) {
        int distance = 0;
        for (CellKind kind : CellKind.values()) {
            distance += between(left.cell(kind), right.cell(kind));
        }
        return distance;
    }

    /** Edits between two cells. */
    public static int between(CellGenotype left, CellGenotype right) {
        int nodes = Math.max(left.nodes(), right.nodes());
        List<Integer> names = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            names.add(i);
        }
        return least(left, right, names, 0);
    }

    /** Tries every naming of the left cell's nodes that keeps the first {@code fixed} names. */
    private static int least(CellGenotype left, CellGenotype right, List<Integer> names, int fixed) {
        if (fixed == names.size()) {
            return edits(left, right, names);
        }
        int best = Integer.MAX_VALUE;
        for (int i = fixed; i < names.size(); i++) {
            swap(names, fixed, i);
            best = Math.min(best, least(left, right, names, fixed + 1));
            swap(names, fixed, i);
        }
        return best;
    }

    private static int edits(CellGenotype left, CellGenotype right, List<Integer> names) {
        Map<Operand, Integer> operands = new HashMap<>();
        for (int node = 0; node < left.nodes(); node++) {
            for (Gene gene : left.genesOf(node)) {
                Operand operand = new Operand(names.get(node), new Gene(gene.op(), renamed(gene.from(), names)));
                operands.merge(operand, 1, Integer::sum);
            }
        }
        int shared = 0;
        for (int node = 0; node < right.nodes(); node++) {
            for (Gene gene : right.genesOf(node)) {
                Operand operand = new Operand(node, gene);
                int count = operands.getOrDefault(operand, 0);
                if (count > 0) {
                    operands.put(operand, count - 1);
                    shared++;
                }
            }
        }
        Set<Integer> concat = new HashSet<>();
        left.concat().forEach(state -> concat.add(renamed(state, names)));
        for (int state : right.concat()) {
            if (!concat.remove(state)) {
                concat.add(state);
            }
        }
        return Math.max(left.genes().size(), right.genes().size()) - shared + concat.size();
    }

    private static int renamed(int state, List<Integer> names) {
        return state < CellGenotype.INPUTS ? state : CellGenotype.INPUTS + names.get(state - CellGenotype.INPUTS);
    }

    private static void swap(List<Integer> names, int i, int j) {
        int held = names.get(i);
        names.set(i, names.get(j));
        names.set(j, held);
    }
}
