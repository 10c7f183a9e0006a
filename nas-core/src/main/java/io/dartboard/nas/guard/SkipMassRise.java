package io.dartboard.nas.guard;

import io.dartboard.nas.guard.Finding.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The mixing weight of the skip connection rises from epoch to epoch and is large: skip connections are about to win.
 *
 * @param epochs for how many it must have risen
 * @param level which it must have passed
 * @param steps of the weights that an epoch has at least; of shorter ones, so many are looked at as one
 */
record SkipMassRise(int epochs, double level, long steps) implements CollapseRule {
    @Override
    public String id() {
        return "skip-mass";
    }

    @Override
    public Optional<Finding> look(List<Signs> all) {
        List<Signs> history = CollapseRule.apart(all, steps);
        Signs now = CollapseRule.last(history);
        if (history.size() <= epochs
                || now.skipMass().isEmpty()
                || now.skipMass().getAsDouble() <= level) {
            return Optional.empty();
        }
        List<Signs> some = history.subList(history.size() - epochs - 1, history.size());
        for (int i = 1; i < some.size(); i++) {
            if (some.get(i - 1).skipMass().isEmpty()
                    || some.get(i).skipMass().orElse(0)
                            <= some.get(i - 1).skipMass().getAsDouble()) {
                return Optional.empty();
            }
        }
        return Optional.of(new Finding(
                id(),
                Severity.COLLAPSE,
                String.format(
                        Locale.ROOT,
                        "skip connections have %.2f of the normal cell's mixture at epoch %d, after %d epochs of rise; more than %.2f are a collapse",
                        now.skipMass().getAsDouble(),
                        now.epoch(),
                        now.epoch() - some.get(0).epoch(),
                        level),
                some.get(0).epoch()));
    }
}
