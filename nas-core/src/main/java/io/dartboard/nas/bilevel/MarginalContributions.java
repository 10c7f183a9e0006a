package io.dartboard.nas.bilevel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.alpha.AlphaSharing;
import io.dartboard.nas.bilevel.Derivatives.Wanted;
import io.dartboard.nas.setting.Checks;
import io.dartboard.nas.tensor.Scalars;
import io.dartboard.nas.tensor.Splits;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The first order, in which each cell weighs by what it contributes: {@code MC_c = CE - CE without cell c}, on the validation
 * batch.
 *
 * <pre>
 *   L_AB(c)    = -(MC_c - mean MC) / mean MC                                    the authors' ablation loss
 *   gradient_c = (1 + ablationWeight * (MC_c - mean MC) / |mean MC|) * dCE/dalpha_c
 * </pre>
 *
 * <p>D-DARTS (Heuillet et al., arXiv 2108.09306), section 3.3, adds {@code w_AB * L_AB(c)} to the loss of each cell. As
 * published it is made of numbers, so its gradient is 0 and the search does not depend on it: that is {@link FirstOrder}, and
 * nothing is computed for it. This is a variant of ours in which it has an effect. Without a cell means: with its candidates
 * undecided, all of weight 1/2, which is the mean of the weights that the authors draw.
 *
 * <p>It takes a forward pass for each cell beside those of the first order.
 *
 * @param ablationWeight {@code w_AB}; the authors use 0.7
 */
public record MarginalContributions(double ablationWeight) implements Hypergradient {
    // Keeps the quotient finite where no cell contributes anything; all factors are 1 then.
    private static final double SMALLEST_MEAN = 1e-12;

    public MarginalContributions {
        Checks.positive("ablationWeight", ablationWeight);
    }

    @Override
    public Estimate estimate(NDManager scope, InnerStep inner, Objective valid, Wanted wanted) {
        try (NDManager way = scope.newSubManager()) {
            Derivatives whole = inner.point().differentiate(way, valid, wanted);
            AlphaLayout cells = inner.point().alphas().layout();
            NDArray contributions = contributions(way, inner.point(), valid, whole.loss(), cells);
            NDArray factors = Scalars.plus(Scalars.times(relative(contributions), ablationWeight), 1);
            NDList gradients = Splits.of(whole.alphaGradient(), cells.sizes());
            NDList weighed = new NDList();
            for (int cell = 0; cell < gradients.size(); cell++) {
                weighed.add(gradients.get(cell).mul(factors.get(cell)));
            }
            return new Estimate(whole.loss(), whole.beside(), NDArrays.concat(weighed), whole.weights()).into(scope);
        }
    }

    /** {@code MC_c} of every cell: (cells). */
    private static NDArray contributions(
            NDManager way, BilevelPoint point, Objective valid, NDArray loss, AlphaLayout cells) {
        NDArray alphas = point.alphas().constant(way);
        NDList parts = Splits.of(alphas, cells.sizes());
        NDList without = new NDList();
        for (int cell = 0; cell < parts.size(); cell++) {
            int ablated = cell;
            NDArray values = NDArrays.concat(new NDList(IntStream.range(0, parts.size())
                    .mapToObj(each -> each == ablated ? parts.get(each).zerosLike() : parts.get(each))
                    .toList()));
            without.add(point.with(values)
                    .loss(way, valid, point.weights().values())
                    .reshape(new Shape(1)));
        }
        return loss.reshape(new Shape(1)).sub(NDArrays.concat(without));
    }

    /**
     * {@code (MC_c - mean MC) / |mean MC|}, which but for its sign is the authors' ablation loss.
     *
     * @param contributions (cells)
     */
    static NDArray relative(NDArray contributions) {
        NDArray mean = contributions.mean().reshape(new Shape(1));
        NDArray smallest = Scalars.of(mean.getManager(), SMALLEST_MEAN, mean.getDataType());
        return contributions.sub(mean).div(mean.abs().maximum(smallest));
    }

    @Override
    public Optional<String> unfit(AlphaSharing sharing) {
        return sharing.equals(AlphaSharing.BY_CELL)
                ? Optional.empty()
                : Optional.of("it weighs each cell by what it contributes, and cells share their alphas");
    }

    @Override
    public NDArray bestWeights(NDManager scope, InnerStep inner, InnerStep moved) {
        return inner.point().weights().values();
    }

    @Override
    public Optional<Hypergradient> exact() {
        return Optional.empty();
    }
}
