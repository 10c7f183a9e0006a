package io.dartboard.search.plan;

import io.dartboard.events.BudgetUnit;

/**
 * How a run stood with one unit of its budget when its planner looked last.
 *
 * @param budget what it may cost
 * @param spent what it has
 */
public record BudgetStanding(String run, BudgetUnit unit, double budget, double spent) {

    /** What is left. */
    public double left() {
        return Math.max(0, budget - spent);
    }
}
