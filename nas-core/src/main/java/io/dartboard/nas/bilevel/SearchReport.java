package io.dartboard.nas.bilevel;

import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.derive.Projection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * An epoch of a search.
 *
 * @param epoch from 0
 * @param learningRate of the weights during the epoch, in a step of the usual length
 * @param stepsDone steps since the begin of the search, this epoch's included
 * @param train fit to the training half as it came, before each weight step
 * @param valid fit to the validation half after the epoch, by batch statistics and without dropout
 * @param alphas after the epoch
 * @param groups indicators by group of alphas that mix candidates
 * @param signs signs of collapse that are none of one group
 * @param frozen candidate operations that are trained no further, where a method freezes any
 * @param projection what has been decided by perturbation, after this epoch included
 * @param stage of the search that the epoch is one of
 */
public record SearchReport(
        int epoch,
        double learningRate,
        long stepsDone,
        Fit train,
        Fit valid,
        Alphas alphas,
        Map<String, GroupReport> groups,
        Signs signs,
        Optional<Frozen> frozen,
        Projection projection,
        Stage stage) {

    /**
     * The indicators of a group.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public GroupReport group(String name) {
        return Optional.ofNullable(groups.get(name))
                .orElseThrow(() -> new IllegalArgumentException(
                        "there are no alphas '%s' among %s".formatted(name, groups.keySet())));
    }

    /**
     * A group of alphas.
     *
     * @param gradientNorm L2 norm of their gradient, averaged over the steps of the epoch that move them; empty of an epoch
     *     that moves none, as in a warm-up
     * @param entropy of an edge's mixing weights, averaged over edges, in nats
     * @param parameterFree edges that prefer a candidate without weights, where candidates have weights
     * @param skipMass mixing weight of the skip connection, averaged over edges, where there is one
     */
    public record GroupReport(
            OptionalDouble gradientNorm, double entropy, OptionalInt parameterFree, OptionalDouble skipMass) {}

    /**
     * What has been frozen so far.
     *
     * @param operations that are, each of one edge of one cell
     * @param of how many that could be
     */
    public record Frozen(int operations, int of) {}

    /**
     * Signs of collapse of the whole supernet.
     *
     * @param normalSkips skip connections in the normal cell as it is derived; none of a space without normal cells
     * @param eigenvalue the largest of the Hessian of the validation loss in the alphas, where it was measured
     * @param gap accuracy on the validation half that the supernet loses when it is cut down to the derived architecture, with
     *     its weights and batch statistics, as a share of 1; where it was measured
     */
    public record Signs(OptionalInt normalSkips, Optional<PowerIteration.Found> eigenvalue, OptionalDouble gap) {}
}
