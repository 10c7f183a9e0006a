package io.dartboard.nas.guard;

import io.dartboard.nas.guard.Finding.Severity;
import java.util.List;
import java.util.Optional;

/**
 * The derived cell has not changed for some epochs in which the alphas moved: the search has settled.
 *
 * <p>Source: DARTS+ (Liang et al., arXiv 1909.06035), section 3.3, criterion 2: the ranking of the architecture parameters is
 * stable for 10 epochs. Here it is what is derived from the ranking.
 *
 * @param epochs for how many it must have been the same
 * @param steps of the weights that these must have, too
 */
record StableGenotype(int epochs, long steps) implements CollapseRule {
    @Override
    public String id() {
        return "stable-genotype";
    }

    @Override
    public Optional<Finding> look(List<Signs> history) {
        Signs now = CollapseRule.last(history);
        int same = 0;
        for (int i = history.size() - 1; i > 0 && history.get(i).alphasMoved(); i--) {
            if (!history.get(i - 1).cell().equals(now.cell())) {
                break;
            }
            same++;
        }
        Signs since = history.get(history.size() - 1 - same);
        return same < epochs || now.steps() - since.steps() < steps
                ? Optional.empty()
                : Optional.of(new Finding(
                        id(),
                        Severity.SETTLED,
                        "the derived cell is the same since epoch %d; %d epochs%s without a change are enough"
                                .formatted(since.epoch(), epochs, steps > 0 ? " and %d steps".formatted(steps) : ""),
                        now.epoch()));
    }
}
