package io.dartboard.nas.bilevel;

import io.dartboard.nas.alpha.Alphas;
import java.util.Map;
import java.util.Optional;
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
 */
public record SearchReport(
        int epoch,
        double learningRate,
        long stepsDone,
        Fit train,
        Fit valid,
        Alphas alphas,
        Map<String, GroupReport> groups) {

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
     * @param gradientNorm L2 norm of their gradient, averaged over the epoch's steps
     * @param entropy of an edge's mixing weights, averaged over edges, in nats
     * @param parameterFree edges that prefer a candidate without weights, where candidates have weights
     */
    public record GroupReport(double gradientNorm, double entropy, OptionalInt parameterFree) {}
}
