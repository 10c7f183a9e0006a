package io.dartboard.nas.bilevel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.setting.Checks;
import io.dartboard.nas.tensor.Splits;
import java.util.Optional;

/**
 * The zero-one loss of each cell by itself: the sum of {@link ZeroOneLoss} over the groups of alphas. The gradient of a cell's
 * alphas is then that of its own loss, {@code L_c = CE + w01 * L01(alpha_c)}, so that one backward pass serves all cells.
 *
 * <p>The authors' {@code L_c} has a third term, of what the cell contributes, whose gradient is 0 because it is made of
 * numbers ({@link MarginalContributions}).
 *
 * <p>Source: D-DARTS (Heuillet et al., arXiv 2108.09306), section 3.3.
 *
 * @param zeroOneWeight {@code w01}; the authors use 9
 */
public record CellZeroOneLoss(double zeroOneWeight) implements AlphaPenalty {
    public CellZeroOneLoss {
        Checks.positive("zeroOneWeight", zeroOneWeight);
    }

    @Override
    public Optional<NDArray> of(NDArray alphas, AlphaLayout layout, double progress) {
        ZeroOneLoss each = new ZeroOneLoss(zeroOneWeight);
        NDList cells = Splits.of(alphas, layout.ofCandidates().sizes());
        return cells.stream()
                .flatMap(cell -> each.of(cell, layout, progress).stream())
                .reduce(NDArray::add);
    }
}
