package io.dartboard.nas.alpha;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How the parameters of an edge become the weights with which its candidates are mixed. A search is relaxed by one, and a
 * derivation rule or an indicator that reads its alphas must be given the same: {@link #of} finds it by the name that events
 * carry.
 */
public interface Relaxation {
    /** Stable name that events carry. */
    String id();

    /**
     * The mixing weights of one edge.
     *
     * @param alphas shape (candidates)
     * @return weights in [0, 1], shape (candidates)
     */
    double[] weights(float[] alphas);

    /** Those of all edges of a cell, (edges, candidates). */
    default double[][] weights(AlphaMatrix alphas) {
        return IntStream.range(0, alphas.edges())
                .mapToObj(edge -> weights(alphas.row(edge)))
                .toArray(double[][]::new);
    }

    /** Every relaxation there is, on the heap. */
    static List<Relaxation> all() {
        return List.of(new Softmax(), new Sigmoid(), new DirichletMean());
    }

    /**
     * The relaxation of a name.
     *
     * @throws IllegalArgumentException if there is none; the message lists those that exist
     */
    static Relaxation of(String id) {
        return all().stream()
                .filter(relaxation -> relaxation.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown relaxation '%s'; known: %s"
                        .formatted(id, all().stream().map(Relaxation::id).collect(Collectors.joining(", ")))));
    }
}
