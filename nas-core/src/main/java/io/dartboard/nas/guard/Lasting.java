package io.dartboard.nas.guard;

import io.dartboard.nas.guard.Finding.Severity;
import io.dartboard.nas.searchspace.SearchSpace;
import java.util.List;
import java.util.Optional;

/**
 * A rule that reads a collapse off a single epoch, whose word holds once it has said so for some steps on end; until then it is a
 * warning. A search that has gone astray stays there, and one that is looking about comes back.
 *
 * @param rule which looks at the last epoch alone
 * @param steps of the weights; epochs of as many and more, which published searches have, are enough by themselves
 */
record Lasting(CollapseRule rule, long steps) implements CollapseRule {
    @Override
    public String id() {
        return rule.id();
    }

    @Override
    public Optional<Finding> look(List<Signs> history) {
        return rule.look(history).map(found -> found.severity() == Severity.COLLAPSE ? lasting(found, history) : found);
    }

    private Finding lasting(Finding found, List<Signs> history) {
        int first = history.size() - 1;
        while (first > 0 && isCollapse(history.subList(0, first))) {
            first--;
        }
        long before = first > 0 ? history.get(first - 1).steps() : 0;
        long lasted = CollapseRule.last(history).steps() - before;
        return lasted >= steps
                ? found
                : new Finding(
                        found.rule(),
                        Severity.WARNING,
                        "%s, if it lasts for %d steps (%d so far)".formatted(found.reason(), steps, lasted),
                        found.healthyUntil());
    }

    private boolean isCollapse(List<Signs> history) {
        return rule.look(history)
                .filter(found -> found.severity() == Severity.COLLAPSE)
                .isPresent();
    }

    @Override
    public Optional<CollapseRule> in(SearchSpace space) {
        return rule.in(space).map(there -> new Lasting(there, steps));
    }

    /** What it says of the last epoch holds: its cell is the search's. */
    @Override
    public CollapseRule atTheEnd() {
        return rule;
    }
}
