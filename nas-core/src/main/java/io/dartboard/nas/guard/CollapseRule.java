package io.dartboard.nas.guard;

import io.dartboard.nas.searchspace.SearchSpace;
import java.util.List;
import java.util.Optional;

/** A published way to tell from its signs that a search collapses, or that it need not go on. */
public interface CollapseRule {
    /** Stable name that events carry. */
    String id();

    /**
     * What it finds at the last of some epochs.
     *
     * @param history at least one epoch, in order; epochs may be missing
     */
    Optional<Finding> look(List<Signs> history);

    /** What it is in a space; empty where it says nothing there. */
    default Optional<CollapseRule> in(SearchSpace space) {
        return Optional.of(this);
    }

    /** The last epoch. */
    static Signs last(List<Signs> history) {
        return history.get(history.size() - 1);
    }
}
