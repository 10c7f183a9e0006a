package io.dartboard.nas.derive;

import io.dartboard.nas.alpha.AlphaMatrix;
import io.dartboard.nas.alpha.Entropy;
import io.dartboard.nas.alpha.ParameterFreeEdges;
import io.dartboard.nas.alpha.Relaxation;
import io.dartboard.nas.searchspace.ConvolutionalSpace;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Signs of a search that ends in cells without weights, which look good in the supernet and poor on their own. These are
 * the signs that need nothing but alphas.
 *
 * <p>Source: DARTS+ (arXiv 1909.06035), section 3, for the count of skip connections.
 *
 * @param normalSkips skip connections among the genes of the derived normal cell
 * @param normalSkipShare their share of its genes
 * @param normalParameterFreeShare edges of the normal cell whose largest parameter, {@code none} included, belongs to
 *     an operation without weights; from 0 to 1
 * @param reduceParameterFreeShare the same for the reduction cell; 0 of a space that has none
 * @param normalEntropy mean entropy of an edge of the normal cell, in nats
 * @param reduceEntropy the same for the reduction cell, likewise
 */
public record CollapseIndicators(
        int normalSkips,
        double normalSkipShare,
        double normalParameterFreeShare,
        double reduceParameterFreeShare,
        double normalEntropy,
        double reduceEntropy) {

    /**
     * Reads the indicators. Of several cells of a kind, each with alphas of its own, it is the worst count, and share, of skips
     * that is told, and the mean of all else.
     *
     * @param relaxation that of the search
     * @param skips skip connections of the normal cell as it is derived
     * @param normal alphas of each normal cell
     * @param reduce alphas of each reduction cell; none of a space that has none
     */
    static CollapseIndicators of(
            ConvolutionalSpace space,
            Relaxation relaxation,
            Skips skips,
            List<AlphaMatrix> normal,
            List<AlphaMatrix> reduce) {
        return new CollapseIndicators(
                skips.count(),
                skips.share(),
                mean(normal, alphas -> parameterFreeShare(space, alphas)),
                mean(reduce, alphas -> parameterFreeShare(space, alphas)),
                mean(normal, alphas -> Entropy.of(alphas, relaxation)),
                mean(reduce, alphas -> Entropy.of(alphas, relaxation)));
    }

    private static double mean(List<AlphaMatrix> cells, ToDoubleFunction<AlphaMatrix> sign) {
        return cells.stream().mapToDouble(sign).average().orElse(0);
    }

    private static double parameterFreeShare(ConvolutionalSpace space, AlphaMatrix alphas) {
        return (double) ParameterFreeEdges.count(space, alphas).orElse(0) / alphas.edges();
    }
}
