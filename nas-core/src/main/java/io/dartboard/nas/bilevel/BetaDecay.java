package io.dartboard.nas.bilevel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.setting.Checks;
import io.dartboard.nas.tensor.DeviceRelaxation;
import io.dartboard.nas.tensor.Scalars;
import io.dartboard.nas.tensor.Splits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Beta decay: {@code lambda * mean over edges of log sum exp(alpha)}, where {@code lambda} grows linearly with the epochs,
 * from 0. It holds down the largest parameter of an edge the more the further it is ahead, so that the mixing weights move
 * apart slowly.
 *
 * <p>Source: Ye et al., <i>β-DARTS: Beta-Decay Regularization for Differentiable Architecture Search</i> (arXiv 2203.01665).
 *
 * @param betaDecay what {@code lambda} would reach after the last epoch; the authors use 50
 */
public record BetaDecay(double betaDecay) implements AlphaPenalty {
    public BetaDecay {
        Checks.positive("betaDecay", betaDecay);
    }

    @Override
    public Optional<String> unfit(DeviceRelaxation relaxation) {
        return relaxation.equals(DeviceRelaxation.SOFTMAX)
                ? Optional.empty()
                : Optional.of("it holds down the normaliser of a softmax");
    }

    @Override
    public Optional<NDArray> of(NDArray alphas, AlphaLayout layout, double progress) {
        if (progress == 0) {
            return Optional.empty();
        }
        NDList parts = Splits.of(alphas, layout.sizes()); // those that weigh edges come last
        List<NDArray> sums = new ArrayList<>();
        int edges = 0;
        List<AlphaLayout.Group> groups = layout.ofCandidates().groups();
        for (int i = 0; i < groups.size(); i++) {
            AlphaLayout.Group group = groups.get(i);
            NDArray rows = parts.get(i).reshape(group.edges(), group.candidates());
            // What the logarithm of the softmax lacks to the alpha, which is the same in all columns.
            sums.add(rows.sub(rows.logSoftmax(1)).mean(new int[] {1}).sum());
            edges += group.edges();
        }
        NDArray sum = sums.stream().reduce(NDArray::add).orElseThrow();
        return Optional.of(Scalars.times(sum, betaDecay * progress / edges));
    }
}
