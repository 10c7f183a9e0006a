package io.dartboard.pipeline.run;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a fact asks of a planner.
 *
 * @param runs the runs whose plan it may change, in order
 */
public record RunChange(Set<String> runs) {
    /** Nothing to plan. */
    public static final RunChange NONE = new RunChange(Set.of());

    public RunChange {
        // Sorted, for a planner must decide alike each time, and the order of a plain set differs between processes.
        runs = Collections.unmodifiableSortedSet(new TreeSet<>(runs));
    }
}
