package io.dartboard.nas.bilevel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.setting.Checks;
import io.dartboard.nas.tensor.DeviceRelaxation;
import io.dartboard.nas.tensor.DirichletRelaxation;
import io.dartboard.nas.tensor.GammaFunction;
import io.dartboard.nas.tensor.Scalars;
import io.dartboard.nas.tensor.Splits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The Kullback-Leibler divergence of an edge's Dirichlet distribution from the one that is even on the simplex, summed over the
 * edges and weighted. With concentrations {@code b} of sum {@code b_0} and {@code n} candidates it is
 * {@code log Gamma(b_0) - log Gamma(n) + sum_o ((b_o - 1) (psi(b_o) - psi(b_0)) - log Gamma(b_o))}. It keeps the draws from
 * becoming too sharp or too flat early.
 *
 * <p>Source: Chen et al., <i>DrNAS: Dirichlet Neural Architecture Search</i> (arXiv 2006.10355), the regularisation by an anchor.
 *
 * @param dirichletPull its weight; the authors use 1e-3
 */
public record DirichletPull(double dirichletPull) implements AlphaPenalty {
    public DirichletPull {
        Checks.positive("dirichletPull", dirichletPull);
    }

    @Override
    public Optional<String> unfit(DeviceRelaxation relaxation) {
        return relaxation instanceof DirichletRelaxation
                ? Optional.empty()
                : Optional.of("it pulls Dirichlet distributions, and there are none");
    }

    @Override
    public Optional<NDArray> of(NDArray alphas, AlphaLayout layout, double progress) {
        NDList parts = Splits.of(alphas, layout.sizes()); // those that weigh edges come last
        List<AlphaLayout.Group> groups = layout.ofCandidates().groups();
        List<NDArray> divergences = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            NDArray rows =
                    parts.get(i).reshape(groups.get(i).edges(), groups.get(i).candidates());
            divergences.add(divergence(DirichletRelaxation.concentrations(rows)).sum());
        }
        NDArray sum = divergences.stream().reduce(NDArray::add).orElseThrow();
        return Optional.of(Scalars.times(sum, dirichletPull));
    }

    /** Of each row of concentrations (edges, candidates). */
    private static NDArray divergence(NDArray concentrations) {
        long candidates = concentrations.getShape().get(1);
        int[] row = {1};
        NDArray total = concentrations.sum(row, true);
        NDArray expected = GammaFunction.digamma(concentrations).sub(GammaFunction.digamma(total));
        NDArray inner = Scalars.plus(concentrations, -1).mul(expected).sub(GammaFunction.logarithm(concentrations));
        NDArray even = GammaFunction.logarithm(
                Scalars.of(concentrations.getManager(), candidates, concentrations.getDataType()));
        return inner.sum(row, true).add(GammaFunction.logarithm(total)).sub(even);
    }
}
