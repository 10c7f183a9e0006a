package io.dartboard.nas.derive;

import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.alpha.AlphaMatrix;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.alpha.Relaxation;
import io.dartboard.nas.searchspace.Edge;
import io.dartboard.nas.searchspace.SearchSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What has been decided of a supernet by perturbation, with what was measured for it. An edge that is decided computes one
 * candidate, and a node whose edges are decided reads those that it keeps, whatever the alphas say.
 *
 * <p>Source: Wang et al. (DARTS-PT, arXiv 2108.04392), algorithm 1.
 *
 * @param edges in the order in which they were decided
 * @param nodes likewise
 */
public record Projection(List<EdgeDecided> edges, List<NodeDecided> nodes) {
    /** Nothing is decided. */
    public static final Projection NONE = new Projection(List.of(), List.of());

    /** So weak that a rule keeps any other edge, and yet not one that prefers {@code none}. */
    private static final float FAINT = 1e-6f;

    /** Mixing weights, which are what they are. */
    private record Given() implements Relaxation {
        @Override
        public String id() {
            return "given";
        }

        @Override
        public double[] weights(float[] alphas) {
            double[] weights = new double[alphas.length];
            Arrays.setAll(weights, candidate -> alphas[candidate]);
            return weights;
        }
    }

    /**
     * An edge computes one of its candidates.
     *
     * @param group alphas of the cells that it is an edge of
     * @param edge index
     * @param candidate its column
     * @param losses validation loss in nats without each of the candidates that a derived cell may hold, in their order
     * @param accuracies validation accuracy likewise, as a share of 1; empty of a text
     */
    public record EdgeDecided(String group, int edge, int candidate, List<Double> losses, List<Double> accuracies) {
        public EdgeDecided {
            losses = List.copyOf(losses);
            accuracies = List.copyOf(accuracies);
        }
    }

    /**
     * A node reads some of the edges into it.
     *
     * @param group alphas of the cells that it is a node of
     * @param node index, from 0
     * @param kept indices of these edges, ascending
     * @param losses validation loss in nats without each of all edges into it, in their order
     * @param accuracies validation accuracy likewise, as a share of 1; empty of a text
     */
    public record NodeDecided(
            String group, int node, List<Integer> kept, List<Double> losses, List<Double> accuracies) {
        public NodeDecided {
            kept = List.copyOf(kept);
            losses = List.copyOf(losses);
            accuracies = List.copyOf(accuracies);
        }
    }

    public Projection {
        edges = List.copyOf(edges);
        nodes = List.copyOf(nodes);
    }

    /** Whether nothing is decided. */
    public boolean isEmpty() {
        return edges.isEmpty() && nodes.isEmpty();
    }

    /** The same, and one edge more. */
    public Projection with(EdgeDecided edge) {
        List<EdgeDecided> all = new ArrayList<>(edges);
        all.add(edge);
        return new Projection(all, nodes);
    }

    /** The same, and one node more. */
    public Projection with(NodeDecided node) {
        List<NodeDecided> all = new ArrayList<>(nodes);
        all.add(node);
        return new Projection(edges, all);
    }

    /** Whether an edge is decided. */
    public boolean decides(String group, int edge) {
        return edges.stream()
                .anyMatch(each -> each.edge() == edge && each.group().equals(group));
    }

    /** Whether the edges of a node are. */
    public boolean decidesEdgesOf(String group, int node) {
        return nodes.stream()
                .anyMatch(each -> each.node() == node && each.group().equals(group));
    }

    /**
     * The architecture of some alphas and of what is decided.
     *
     * @param rule of the search
     * @throws IllegalArgumentException if the alphas are not those of the rule's space, or something is decided that this space
     *     does not have
     */
    public Derivation derive(DerivationRule rule, Alphas alphas) {
        if (isEmpty()) {
            return rule.derive(alphas);
        }
        AlphaLayout layout = alphas.layout();
        float[] weights = over(rule.space(), layout, weights(rule.relaxation(), alphas), FAINT);
        return Discretization.STRONGEST.rule(rule.space(), new Given()).derive(Alphas.of(layout, weights));
    }

    private static float[] weights(Relaxation relaxation, Alphas alphas) {
        float[] weights = new float[alphas.layout().size()];
        int at = 0;
        for (AlphaMatrix matrix : alphas.groups().values()) {
            for (int edge = 0; edge < matrix.edges(); edge++) {
                for (double weight : relaxation.weights(matrix.row(edge))) {
                    weights[at++] = (float) weight;
                }
            }
        }
        return weights;
    }

    /**
     * Mixing weights in which what is decided stands: on a decided edge 1 for its candidate and 0 for all others, and 0 on every
     * edge that its node does not keep.
     *
     * @param layout of the alphas; it mixes candidates alone
     * @param weights one for each alpha, as the layout has it
     * @throws IllegalArgumentException if something is decided that the layout or the space does not have
     */
    public float[] over(SearchSpace space, AlphaLayout layout, float[] weights) {
        return over(space, layout, weights, 0);
    }

    /** The same, where edges that are not kept weigh so much less. */
    private float[] over(SearchSpace space, AlphaLayout layout, float[] weights, float dropped) {
        float[] over = weights.clone();
        for (EdgeDecided decided : edges) {
            int row = row(layout, decided.group(), decided.edge());
            int candidates = space.candidateCount();
            if (decided.candidate() < 0 || decided.candidate() >= candidates) {
                throw new IllegalArgumentException("an edge of alphas '%s' chooses among %d candidates (was %d)"
                        .formatted(decided.group(), candidates, decided.candidate()));
            }
            Arrays.fill(over, row, row + candidates, 0);
            over[row + decided.candidate()] = 1;
        }
        for (NodeDecided decided : nodes) {
            if (decided.node() < 0 || decided.node() >= space.cell().nodes()) {
                throw new IllegalArgumentException("a cell of alphas '%s' has %d nodes (was %d)"
                        .formatted(decided.group(), space.cell().nodes(), decided.node()));
            }
            for (Edge edge : space.cell().edgesOf(decided.node())) {
                if (!decided.kept().contains(edge.index())) {
                    int row = row(layout, decided.group(), edge.index());
                    for (int i = row; i < row + space.candidateCount(); i++) {
                        over[i] *= dropped;
                    }
                }
            }
        }
        return over;
    }

    /**
     * Where the weights of an edge begin among those of a layout.
     *
     * @throws IllegalArgumentException if it has no such edge
     */
    public static int row(AlphaLayout layout, String group, int edge) {
        int from = 0;
        for (AlphaLayout.Group each : layout.groups()) {
            if (each.name().equals(group)) {
                if (edge < 0 || edge >= each.edges()) {
                    throw new IllegalArgumentException(
                            "alphas '%s' have %d edges (was %d)".formatted(group, each.edges(), edge));
                }
                return from + edge * each.candidates();
            }
            from += each.size();
        }
        throw new IllegalArgumentException("there are no alphas '%s' among %s".formatted(group, layout));
    }
}
