package io.dartboard.nas.derive;

import io.dartboard.nas.alpha.AlphaMatrix;
import io.dartboard.nas.alpha.Entropy;
import io.dartboard.nas.alpha.ParameterFreeEdges;
import io.dartboard.nas.alpha.Relaxation;
import io.dartboard.nas.genotype.CellGenotype;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.Primitive;
import java.util.List;
import java.util.function.ToDoubleFunction;

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
     * Reads the indicators. Of several cells of a kind, each with alphas of its own, it is the worst count of skips that is
     * told, and the mean of all else.
     *
     * @param relaxation that of the search
     * @param cells the normal cells as they are derived
     * @param normal alphas of each normal cell
     * @param reduce alphas of each reduction cell
     */
    static CollapseIndicators of(
            CnnSpace space,
            Relaxation relaxation,
            List<CellGenotype> cells,
            List<AlphaMatrix> normal,
            List<AlphaMatrix> reduce) {
        return new CollapseIndicators(
                cells.stream()
                        .mapToInt(cell -> cell.count(Primitive.SKIP_CONNECT))
                        .max()
                        .orElse(0),
                mean(normal, alphas -> parameterFreeShare(space, alphas)),
                mean(reduce, alphas -> parameterFreeShare(space, alphas)),
                mean(normal, alphas -> Entropy.of(alphas, relaxation)),
                mean(reduce, alphas -> Entropy.of(alphas, relaxation)));
    }

    private static double mean(List<AlphaMatrix> cells, ToDoubleFunction<AlphaMatrix> sign) {
        return cells.stream().mapToDouble(sign).average().orElse(0);
    }

    private static double parameterFreeShare(CnnSpace space, AlphaMatrix alphas) {
        return (double) ParameterFreeEdges.count(space, alphas).orElse(0) / alphas.edges();
    }
}
