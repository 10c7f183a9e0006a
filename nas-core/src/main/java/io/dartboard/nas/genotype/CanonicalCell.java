package io.dartboard.nas.genotype;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The canonical form of a cell. Two cells have the same form exactly when one becomes the other by
 *
 * <ul>
 *   <li>reordering the operands of a node (a sum does not know their order),
 *   <li>renaming nodes so that every node still reads only earlier ones,
 *   <li>reordering the concatenation (the next cell's 1×1 convolution reads all channels alike).
 * </ul>
 *
 * Each of these leaves the family of functions, the parameter count and the distribution of a fresh initialisation as
 * they were. Nodes that do not exist are left out. Nodes that reach no output are kept: they compute nothing that is used, yet they have weights.
 *
 * <p>Nodes are placed one at a time; of those whose operands are placed, the one with the least key goes next, and only
 * ties branch, so that the result is the least sequence of keys over all orders.
 */
final class CanonicalCell {
    private static final Comparator<Gene> GENE_ORDER =
            Comparator.comparingInt(Gene::from).thenComparing(Gene::op);

    private static final Comparator<Placed> KEY_ORDER =
            Comparator.comparing(Placed::operands, CanonicalCell::compareGenes).thenComparing(Placed::output);

    private record Placed(int node, List<Gene> operands, boolean output) {}

    private final CellGenotype cell;

    private CanonicalCell(CellGenotype cell) {
        this.cell = cell;
    }

    static CellGenotype of(CellGenotype cell) {
        int[] names = new int[CellGenotype.INPUTS + cell.nodes()];
        Arrays.fill(names, -1);
        for (int input = 0; input < CellGenotype.INPUTS; input++) {
            names[input] = input;
        }
        List<Placed> best = new CanonicalCell(cell).least(List.of(), names);
        List<Integer> concat = new ArrayList<>();
        for (int i = 0; i < best.size(); i++) {
            if (best.get(i).output()) {
                concat.add(CellGenotype.INPUTS + i);
            }
        }
        return new CellGenotype(best.stream().map(Placed::operands).toList(), concat);
    }

    /** The least completion of a prefix; {@code names[state]} is a state's new name, or -1 while it has none. */
    private List<Placed> least(List<Placed> prefix, int[] names) {
        List<Placed> ready = ready(names);
        if (ready.isEmpty()) {
            return prefix;
        }
        Placed minimum = ready.stream().min(KEY_ORDER).orElseThrow();
        return ready.stream()
                .filter(candidate -> KEY_ORDER.compare(candidate, minimum) == 0)
                .map(candidate -> {
                    List<Placed> longer = new ArrayList<>(prefix);
                    longer.add(candidate);
                    int[] named = names.clone();
                    named[CellGenotype.INPUTS + candidate.node()] = CellGenotype.INPUTS + prefix.size();
                    return least(longer, named);
                })
                .min(CanonicalCell::compare)
                .orElseThrow();
    }

    private List<Placed> ready(int[] names) {
        List<Placed> ready = new ArrayList<>();
        for (int node = 0; node < cell.nodes(); node++) {
            int state = CellGenotype.INPUTS + node;
            if (names[state] < 0
                    && !cell.genesOf(node).isEmpty()
                    && cell.genesOf(node).stream().allMatch(gene -> names[gene.from()] >= 0)) {
                List<Gene> renamed = cell.genesOf(node).stream()
                        .map(gene -> new Gene(gene.op(), names[gene.from()]))
                        .sorted(GENE_ORDER)
                        .toList();
                ready.add(new Placed(node, renamed, cell.concat().contains(state)));
            }
        }
        return ready;
    }

    private static int compareGenes(List<Gene> left, List<Gene> right) {
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            int order = GENE_ORDER.compare(left.get(i), right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    private static int compare(List<Placed> left, List<Placed> right) {
        for (int i = 0; i < left.size(); i++) {
            int order = KEY_ORDER.compare(left.get(i), right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
