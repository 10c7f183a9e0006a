package io.dartboard.nas.guard;

import io.dartboard.nas.guard.Finding.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The largest eigenvalue of the alpha Hessian rises: its moving average is more than a factor above what it was some
 * measurements ago. What was healthy then is the epoch in the middle of the earlier window.
 *
 * <p>Source: RobustDARTS (Zela et al., arXiv 1909.09656), section 4.3, and the authors' code: window 5, factor 1.3, 4
 * measurements.
 *
 * @param window measurements of an average
 * @param before how many measurements earlier the other average ends
 * @param factor by which it must have risen
 */
record EigenvalueRise(int window, int before, double factor) implements CollapseRule {
    @Override
    public String id() {
        return "hessian-eigenvalue";
    }

    @Override
    public Optional<Finding> look(List<Signs> history) {
        List<Signs> measured =
                history.stream().filter(each -> each.eigenvalue().isPresent()).toList();
        int end = measured.size();
        if (end < window + before || CollapseRule.last(history).eigenvalue().isEmpty()) {
            return Optional.empty();
        }
        double now = average(measured.subList(end - window, end));
        double then = average(measured.subList(end - window - before, end - before));
        if (then <= 0 || now / then <= factor) {
            return Optional.empty();
        }
        int healthy = measured.get(end - before - 1 - window / 2).epoch();
        return Optional.of(new Finding(
                id(),
                Severity.COLLAPSE,
                String.format(
                        Locale.ROOT,
                        "the largest eigenvalue of the alpha Hessian is %.3g on average at epoch %d and was %.3g around epoch %d; %.2f times as much is a collapse",
                        now,
                        CollapseRule.last(history).epoch(),
                        then,
                        healthy,
                        factor),
                healthy));
    }

    private static double average(List<Signs> some) {
        return some.stream()
                .mapToDouble(each -> each.eigenvalue().orElseThrow())
                .average()
                .orElseThrow();
    }
}
