package io.dartboard.nas.guard;

import io.dartboard.nas.guard.Finding.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The supernet loses much of its accuracy when it is cut down to the derived cell, so that it says little of that cell.
 *
 * <p>Source: RobustDARTS (Zela et al., arXiv 1909.09656), section 4.3, for the drop of accuracy; the level is ours.
 *
 * @param level the share of 1 up to which that is usual
 */
record DiscretizationGap(double level) implements CollapseRule {
    @Override
    public String id() {
        return "discretization-gap";
    }

    @Override
    public Optional<Finding> look(List<Signs> history) {
        Signs now = CollapseRule.last(history);
        return now.gap().isPresent() && now.gap().getAsDouble() > level
                ? Optional.of(new Finding(
                        id(),
                        Severity.WARNING,
                        String.format(
                                Locale.ROOT,
                                "cut down to its cell the supernet of epoch %d loses %.1f points of accuracy; more than %.1f are a warning",
                                now.epoch(),
                                100 * now.gap().getAsDouble(),
                                100 * level),
                        now.epoch()))
                : Optional.empty();
    }
}
