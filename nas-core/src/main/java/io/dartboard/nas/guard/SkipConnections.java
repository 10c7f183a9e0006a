package io.dartboard.nas.guard;

import io.dartboard.nas.genotype.KnownNetwork;
import io.dartboard.nas.guard.Finding.Severity;
import io.dartboard.nas.searchspace.SearchSpace;
import java.util.List;
import java.util.Optional;

/**
 * Skip connections in the derived normal cell. A cell with more genes than DARTS' eight may have more of them, in the same
 * proportion.
 *
 * <p>Source: DARTS+ (Liang et al., arXiv 1909.06035), section 3.3, criterion 1, which stops at two.
 *
 * @param warnAt so many of eight are worth a word
 * @param alarmAt so many are a collapse
 */
record SkipConnections(int warnAt, int alarmAt) implements CollapseRule {
    private static final double GENES = 8;

    @Override
    public String id() {
        return "skip-connections";
    }

    @Override
    public Optional<Finding> look(List<Signs> history) {
        Signs now = CollapseRule.last(history);
        if (!has(now, warnAt)) {
            return Optional.empty();
        }
        boolean alarms = has(now, alarmAt);
        return Optional.of(new Finding(
                id(),
                alarms ? Severity.COLLAPSE : Severity.WARNING,
                "%d skip connections in the normal cell of epoch %d; %d of 8 are a %s"
                        .formatted(
                                now.normalSkips(),
                                now.epoch(),
                                alarms ? alarmAt : warnAt,
                                alarms ? "collapse" : "warning"),
                now.epoch() - 1));
    }

    /** Around a network that people have designed it says nothing: residual networks have skip connections by design. */
    @Override
    public Optional<CollapseRule> in(SearchSpace space) {
        return KnownNetwork.around(space).isPresent() ? Optional.empty() : Optional.of(this);
    }

    private static boolean has(Signs signs, int skips) {
        return signs.normalSkips() >= skips && signs.normalSkipShare() >= skips / GENES;
    }
}
