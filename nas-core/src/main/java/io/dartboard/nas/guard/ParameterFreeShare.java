package io.dartboard.nas.guard;

import io.dartboard.nas.guard.Finding.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Most edges of the normal cell prefer an operation without weights.
 *
 * @param most the share up to which that is no collapse
 */
record ParameterFreeShare(double most) implements CollapseRule {
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
