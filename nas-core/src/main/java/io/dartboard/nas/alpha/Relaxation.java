package io.dartboard.nas.alpha;

/**
 * How the parameters of an edge become the weights with which its candidates are mixed. A search is relaxed by one, and a
 * derivation rule or an indicator that reads its alphas must be given the same.
 */
public interface Relaxation {

    /**
     * The mixing weights of one edge.
     *
     * @param alphas shape (candidates)
     * @return weights in [0, 1], shape (candidates)
     */
    double[] weights(float[] alphas);
}
