package io.dartboard.nas.alpha;

/**
 * How the parameters of an edge become the weights with which its candidates are mixed. The family is sealed: a
 * derivation rule or an indicator must know which relaxation it reads.
 */
public sealed interface Relaxation permits Softmax {

    /**
     * The mixing weights of one edge.
     *
     * @param alphas shape (candidates)
     * @return weights in [0, 1], shape (candidates)
     */
    double[] weights(float[] alphas);
}
