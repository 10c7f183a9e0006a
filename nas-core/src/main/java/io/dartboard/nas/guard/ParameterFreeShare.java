package io.dartboard.nas.guard;

import io.dartboard.nas.guard.Finding.Severity;
import io.dartboard.nas.searchspace.SearchSpace;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Most edges of the normal cell prefer an operation without weights.
 *
 * @param most the share up to which that is no collapse
 */
record ParameterFreeShare(double most) implements CollapseRule {
    /** Of a normal distribution, beyond which lies a twentieth. */
    private static final double DEVIATIONS = 1.645;

    /**
     * Where more than {@link #most} of the candidates have no weights, as three of five in NAS-Bench-201,
     * alphas that say nothing yet prefer such on more edges than that; there it takes a share that chance alone gives in one of
     * twenty cells.
     */
    @Override
    public Optional<CollapseRule> in(SearchSpace space) {
        double chance = (double) space.parameterFree().size() / space.candidateCount();
        return Optional.of(
                chance <= most
                        ? this
                        : new ParameterFreeShare(
                                chance + DEVIATIONS * Math.sqrt(chance * (1 - chance) / space.edgeCount())));
    }

    @Override
    public String id() {
        return "parameter-free";
    }

    @Override
    public Optional<Finding> look(List<Signs> history) {
        Signs now = CollapseRule.last(history);
        return now.parameterFreeShare() > most
                ? Optional.of(new Finding(
                        id(),
                        Severity.COLLAPSE,
                        String.format(
                                Locale.ROOT,
                                "%.0f %% of the normal cell's edges prefer an operation without weights at epoch %d; more than %.0f %% are a collapse",
                                100 * now.parameterFreeShare(),
                                now.epoch(),
                                100 * most),
                        now.epoch() - 1))
                : Optional.empty();
    }
}
