package io.dartboard.pipeline.run;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a fact on a run asks of a planner.
 *
 * @param runs the runs whose plan it may change, in order
 * @param anew true if jobs that were asked for on behalf of these runs must be asked for once more, because a pause or an
 *     end has taken them off their topic
 */
public record RunChange(Set<String> runs, boolean anew) {
    /** Nothing to plan. */
    public static final RunChange NONE = of(Set.of());

    public RunChange {
        // Sorted, for a planner must decide alike each time, and the order of a plain set differs between processes.
        runs = Collections.unmodifiableSortedSet(new TreeSet<>(runs));
    }

    /** These runs, with nothing to ask for once more. */
    public static RunChange of(Set<String> runs) {
        return new RunChange(runs, false);
    }
}
