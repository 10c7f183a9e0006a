package io.dartboard.nas.derive;

import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.alpha.AlphaMatrix;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.alpha.Entropy;
import io.dartboard.nas.alpha.ParameterFreeEdges;
import io.dartboard.nas.alpha.Relaxation;
import io.dartboard.nas.genotype.Genotype;
import io.dartboard.nas.searchspace.CellKind;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.Primitive;

/**
 * Signs of a search that ends in cells without weights, which look good in the supernet and poor on their own. These are
 * the signs that need nothing but alphas.
 *
 * <p>Source: DARTS+ (arXiv 1909.06035), section 3, for the count of skip connections.
 *
 * @param normalSkips skip connections among the genes of the derived normal cell
 * @param normalParameterFreeShare edges of the normal cell whose largest parameter, {@code none} included, belongs to
 *     an operation without weights; from 0 to 1
 * @param reduceParameterFreeShare the same for the reduction cell
 * @param normalEntropy mean entropy of an edge of the normal cell, in nats
 * @param reduceEntropy the same for the reduction cell
 */
public record CollapseIndicators(
        int normalSkips,
        double normalParameterFreeShare,
        double reduceParameterFreeShare,
        double normalEntropy,
        double reduceEntropy) {

    /**
     * Reads the indicators.
     *
     * @param relaxation that of the search
     * @throws IllegalArgumentException if the alphas do not have the space's shape
     */
    public static CollapseIndicators of(CnnSpace space, Relaxation relaxation, Alphas alphas, Genotype genotype) {
        alphas.require(AlphaLayout.sharedByKind(space));
        return new CollapseIndicators(
                genotype.normal().count(Primitive.SKIP_CONNECT),
                parameterFreeShare(space, alphas.of(CellKind.NORMAL)),
                parameterFreeShare(space, alphas.of(CellKind.REDUCE)),
                Entropy.of(alphas.of(CellKind.NORMAL), relaxation),
                Entropy.of(alphas.of(CellKind.REDUCE), relaxation));
    }

    private static double parameterFreeShare(CnnSpace space, AlphaMatrix alphas) {
        return (double) ParameterFreeEdges.count(space, alphas).orElse(0) / alphas.edges();
    }
}
