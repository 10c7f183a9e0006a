package io.dartboard.nas.guard;

import io.dartboard.nas.searchspace.SearchSpace;
import java.util.ArrayDeque;
import java.util.Deque;
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

    /** What it is at the last epoch of a search, whose cell is its result. */
    default CollapseRule atTheEnd() {
        return this;
    }

    /**
     * Some of the epochs, the last among them and so many steps of the weights apart at least: what rules that look back count
     * epochs of. Published searches have as many steps in an epoch, and lose none of theirs.
     *
     * @param history in order
     */
    static List<Signs> apart(List<Signs> history, long steps) {
        Deque<Signs> some = new ArrayDeque<>();
        for (int i = history.size() - 1; i >= 0; i--) {
            Signs each = history.get(i);
            if (some.isEmpty() || some.getFirst().steps() - each.steps() >= steps) {
                some.addFirst(each);
            }
        }
        return List.copyOf(some);
    }

    /** The last epoch. */
    static Signs last(List<Signs> history) {
        return history.get(history.size() - 1);
    }
}
