package io.dartboard.nas.guard;

import io.dartboard.nas.guard.Finding.Severity;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The largest eigenvalue of the alpha Hessian rises: its moving average is more than a factor above what it was some
 * measurements ago. What was healthy then is the epoch in the middle of the earlier window.
 *
 * <p>An eigenvalue is that of one validation batch, another each epoch, and scatters from batch to batch by a half and more. An
 * average of five then rises by a third for no reason: where a single one has a standard deviation of 0.4 in its logarithm, that
 * happens somewhere in two of three searches of fifty epochs. So a rise must stand out of the scatter, too: the
 * difference of the two averages of logarithms must be so many times its standard error, which is estimated from the differences
 * of successive measurements (von Neumann, Annals of Mathematical Statistics 12, 1941), since these know nothing of a trend.
 *
 * <p>Source: RobustDARTS (Zela et al., arXiv 1909.09656), section 4.3, and the authors' code: window 5, factor 1.3, 4
 * measurements, as they come. What is above about the scatter is ours.
 *
 * @param window measurements of an average
 * @param before how many measurements earlier the other average ends
 * @param factor by which it must have risen
 * @param steps of the weights between two measurements at least; of those that are closer, some are passed over
 * @param errors by how many standard errors it must have risen, 0 for any
 */
record EigenvalueRise(int window, int before, double factor, long steps, double errors) implements CollapseRule {
    /** As the authors of RobustDARTS have it. */
    static final EigenvalueRise PUBLISHED = new EigenvalueRise(5, 4, 1.3, 0, 0);

    @Override
    public String id() {
        return "hessian-eigenvalue";
    }

    @Override
    public Optional<Finding> look(List<Signs> history) {
        List<Signs> measured = CollapseRule.apart(
                history.stream().filter(each -> each.eigenvalue().isPresent()).toList(), steps);
        int end = measured.size();
        if (end < window + before || CollapseRule.last(history).eigenvalue().isEmpty()) {
            return Optional.empty();
        }
        double[] values = measured.subList(end - window - before, end).stream()
                .mapToDouble(each -> each.eigenvalue().orElseThrow())
                .toArray();
        double now = average(values, before);
        double then = average(values, 0);
        if (then <= 0 || now / then <= factor || !standsOut(values)) {
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

    private boolean standsOut(double[] values) {
        if (errors == 0) {
            return true;
        }
        if (Arrays.stream(values).anyMatch(value -> value <= 0)) {
            return false;
        }
        double[] logs = Arrays.stream(values).map(Math::log).toArray();
        double squares = 0;
        for (int i = 1; i < logs.length; i++) {
            squares += (logs[i] - logs[i - 1]) * (logs[i] - logs[i - 1]);
        }
        double variance = squares / (2 * (logs.length - 1));
        // What is in both windows falls out of the difference.
        int apart = Math.min(window, before);
        double error = Math.sqrt(2 * apart * variance) / window;
        return average(logs, before) - average(logs, 0) > errors * error;
    }

    /** Of a window that begins at a place. */
    private double average(double[] values, int from) {
        return Arrays.stream(values, from, from + window).average().orElseThrow();
    }
}
