package io.dartboard.nas.alpha;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which candidates the edges of a supernet have left. A candidate that an edge has dropped has the alpha {@link #DROPPED}, which
 * no relaxation gives any weight: whoever reads the alphas reads what is left, and need know nothing more.
 *
 * @param groups for each group of alphas, for each of its edges, the columns that are kept; empty where nothing is dropped
 */
public record KeptCandidates(Map<String, List<BitSet>> groups) {
    /**
     * Alpha of a candidate that its edge has dropped: so much less than any other that the exponential of the difference, and so
     * the weight, is exactly 0 in single and double precision.
     */
    public static final float DROPPED = -1e4f;

    /** Every edge has all of them. */
    public static final KeptCandidates ALL = new KeptCandidates(Map.of());

    public KeptCandidates {
        Map<String, List<BitSet>> copies = new LinkedHashMap<>();
        groups.forEach((group, edges) -> copies.put(
                group, edges.stream().map(each -> (BitSet) each.clone()).toList()));
        groups = Collections.unmodifiableMap(copies);
    }

    /** What some alphas say is left. */
    public static KeptCandidates of(Alphas alphas) {
        Map<String, List<BitSet>> groups = new LinkedHashMap<>();
        alphas.groups().forEach((group, matrix) -> {
            List<BitSet> edges = new ArrayList<>();
            for (int edge = 0; edge < matrix.edges(); edge++) {
                edges.add(left(matrix.row(edge)));
            }
            groups.put(group, edges);
        });
        return new KeptCandidates(groups);
    }

    private static BitSet left(float[] row) {
        BitSet left = new BitSet(row.length);
        IntStream.range(0, row.length)
                .filter(candidate -> !isDropped(row[candidate]))
                .forEach(left::set);
        return left;
    }

    /** Whether an alpha is that of a candidate that its edge has dropped. */
    public static boolean isDropped(float alpha) {
        return alpha == DROPPED;
    }

    /** Whether an edge has a candidate. */
    public boolean keeps(String group, int edge, int candidate) {
        List<BitSet> edges = groups.get(group);
        return edges == null || edges.get(edge).get(candidate);
    }

    /**
     * Most candidates that an edge has.
     *
     * @param all where nothing is dropped
     */
    public int most(int all) {
        return groups.values().stream()
                .flatMap(List::stream)
                .mapToInt(BitSet::cardinality)
                .max()
                .orElse(all);
    }

    /** Alphas in which those of dropped candidates are {@link #DROPPED}, and all others as they are. */
    public Alphas over(Alphas alphas) {
        Map<String, AlphaMatrix> over = new LinkedHashMap<>();
        alphas.groups().forEach((group, matrix) -> {
            float[] values = matrix.toArray();
            for (int i = 0; i < values.length; i++) {
                if (!keeps(group, i / matrix.candidates(), i % matrix.candidates())) {
                    values[i] = DROPPED;
                }
            }
            over.put(group, AlphaMatrix.of(matrix.edges(), matrix.candidates(), values));
        });
        return new Alphas(over);
    }

    /**
     * The same where each edge drops those that weigh least until so many are left. Of equal ones the earlier is dropped.
     *
     * <p>Source: Chen et al. (P-DARTS, arXiv 1904.12760), its search space approximation, and the authors' code.
     *
     * @param alphas at the end of a search of what is left
     * @param relaxation that of the search
     * @param count at least 1; an edge that has no more drops none
     */
    public static KeptCandidates strongest(Alphas alphas, Relaxation relaxation, int count) {
        Map<String, List<BitSet>> groups = new LinkedHashMap<>();
        alphas.groups().forEach((group, matrix) -> {
            List<BitSet> edges = new ArrayList<>();
            for (int edge = 0; edge < matrix.edges(); edge++) {
                edges.add(strongest(matrix.row(edge), relaxation, count));
            }
            groups.put(group, edges);
        });
        return new KeptCandidates(groups);
    }

    private static BitSet strongest(float[] row, Relaxation relaxation, int count) {
        BitSet left = left(row);
        double[] weights = relaxation.weights(row);
        left.stream()
                .boxed()
                .sorted(Comparator.comparingDouble(candidate -> weights[candidate]))
                .limit(Math.max(0, left.cardinality() - count))
                .toList()
                .forEach(left::clear);
        return left;
    }
}
