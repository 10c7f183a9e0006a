package io.dartboard.search.plan;

import java.time.Instant;
import java.util.List;

/**
 * How all runs that have a budget and have not ended stood when the {@link SearchPlanner} looked last.
 *
 * @param asOf when that was
 */
public record BudgetStandings(Instant asOf, List<BudgetStanding> standings) {
    public BudgetStandings {
        standings = List.copyOf(standings);
    }
}
