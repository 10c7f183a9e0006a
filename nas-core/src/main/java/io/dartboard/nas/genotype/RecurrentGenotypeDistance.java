package io.dartboard.nas.genotype;

import java.util.Arrays;

/**
 * How far two recurrent genotypes are apart: the least number of edits that turn one into the other, where an edit replaces,
 * adds or removes one gene, or adds a node to or removes it from the output, and nodes may be renamed for free; as
 * {@link GenotypeDistance} counts for convolutional cells. It is zero exactly for genotypes with equal
 * {@link RecurrentGenotype#canonical()} forms, and at most 8, the number of their genes, between two of the DARTS space.
 *
 * <p>All namings are tried, which for the 8 nodes of that space are few. Since a node reads an earlier state, its edits are
 * known as soon as it is named, and a naming is given up when it cannot get below the least found so far.
 */
public final class RecurrentGenotypeDistance {
    private static final int UNNAMED = -1;

    private final RecurrentGenotype left;
    private final RecurrentGenotype right;
    /** The right state that a left state is named after; those above the right's last stand for a removed node. */
    private final int[] names;

    private final boolean[] taken;
    private int least = Integer.MAX_VALUE;

    private RecurrentGenotypeDistance(RecurrentGenotype left, RecurrentGenotype right) {
        this.left = left;
        this.right = right;
        int states = 1 + Math.max(left.nodes(), right.nodes());
        names = new int[states];
        Arrays.fill(names, UNNAMED);
        taken = new boolean[states];
        names[0] = 0;
    }

    /** Edits between two cells. */
    public static int between(RecurrentGenotype left, RecurrentGenotype right) {
        RecurrentGenotypeDistance distance = new RecurrentGenotypeDistance(left, right);
        distance.name(1, 0);
        return distance.least;
    }

    /** Tries every name for a left state, whose predecessors have cost so many edits. */
    private void name(int state, int edits) {
        if (edits >= least) {
            return;
        }
        if (state > left.nodes()) {
            least = Math.min(least, edits + added());
            return;
        }
        for (int name = 1; name < names.length; name++) {
            if (!taken[name]) {
                taken[name] = true;
                names[state] = name;
                name(state + 1, edits + editsOf(state, name));
                taken[name] = false;
            }
        }
    }

    private int editsOf(int state, int name) {
        RecurrentGene gene = left.genes().get(state - 1);
        boolean same = name <= right.nodes()
                && right.genes().get(name - 1).equals(new RecurrentGene(gene.op(), names[gene.from()]));
        boolean alike = left.concat().contains(state) == right.concat().contains(name);
        return (same ? 0 : 1) + (alike ? 0 : 1);
    }

    /** Edits that add what the left cell has no node for. */
    private int added() {
        int edits = Math.max(0, right.nodes() - left.nodes());
        for (int name = 1; name < taken.length; name++) {
            edits += !taken[name] && right.concat().contains(name) ? 1 : 0;
        }
        return edits;
    }
}
