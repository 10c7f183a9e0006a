package io.dartboard.nas.guard;

import java.util.OptionalDouble;

/**
 * What a search shows after an epoch.
 *
 * @param epoch epochs done, from 1
 * @param steps of the weights done by then; 0 where it was not kept
 * @param alphasMoved whether the epoch has moved the alphas: in a warm-up they stand still, and say nothing
 * @param cell whatever is equal for equal derived cells, a digest as a rule
 * @param normalSkips skip connections in the derived normal cell
 * @param normalSkipShare their share of its genes
 * @param parameterFreeShare edges of the normal cell that prefer an operation without weights, as a share of 1
 * @param skipMass mixing weight of the skip connection in the normal cell, averaged over edges; empty where there is none
 * @param eigenvalue the largest of the alpha Hessian, where it was measured
 * @param gap accuracy lost by discretisation as a share of 1, where it was measured
 * @param distance how far the network has come from the known one that the search began with; empty of other searches
 */
public record Signs(
        int epoch,
        long steps,
        boolean alphasMoved,
        String cell,
        int normalSkips,
        double normalSkipShare,
        double parameterFreeShare,
        OptionalDouble skipMass,
        OptionalDouble eigenvalue,
        OptionalDouble gap,
        OptionalDouble distance) {}
