package io.dartboard.nas.alpha;

/**
 * How undecided a cell is: the entropy of the mixing weights of an edge, averaged over edges, in nats. Of a softmax it starts near
 * the logarithm of the number of candidates and falls towards zero as the search decides.
 */
public final class Entropy {
    private Entropy() {}

    /** Mean entropy over the edges of a cell; where weights sum to one, from 0 to {@code ln(candidates)}. */
    public static double of(AlphaMatrix alphas, Relaxation relaxation) {
        double sum = 0;
        for (int edge = 0; edge < alphas.edges(); edge++) {
            for (double weight : relaxation.weights(alphas.row(edge))) {
                // The limit of p ln p at 0 is 0; the logarithm alone is not finite there.
                sum -= weight > 0 ? weight * StrictMath.log(weight) : 0;
            }
        }
        return sum / alphas.edges();
    }
}
