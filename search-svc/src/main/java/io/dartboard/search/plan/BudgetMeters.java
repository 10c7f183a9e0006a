package io.dartboard.search.plan;

import io.dartboard.pipeline.meters.EventMeters;
import io.dartboard.pipeline.meters.NasMeters;
import io.dartboard.pipeline.run.Budgets;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Instant;
import java.util.function.ToDoubleFunction;

/** Budgets of runs, as their planner saw them last; they go with the run. */
public final class BudgetMeters {
    private final Clock clock;
    private final MultiGauge budget;
    private final MultiGauge left;
    private volatile Instant asOf = Instant.EPOCH;

    public BudgetMeters(MeterRegistry registry, Clock clock) {
        this.clock = clock;
        this.budget = NasMeters.RUN_BUDGET.gauges(registry);
        this.left = NasMeters.RUN_BUDGET_LEFT.gauges(registry);
    }

    /** Shows them. */
    public void show(BudgetStandings seen) {
        asOf = seen.asOf();
        show(budget, seen, BudgetStanding::budget);
        show(left, seen, BudgetStanding::left);
    }

    private void show(MultiGauge gauge, BudgetStandings seen, ToDoubleFunction<BudgetStanding> value) {
        gauge.register(
                seen.standings().stream()
                        .map(standing -> Row.of(
                                Tags.of("run", standing.run(), "unit", Budgets.field(standing.unit())),
                                standing,
                                told -> EventMeters.isRecent(asOf, clock) ? value.applyAsDouble(told) : Double.NaN))
                        .toList(),
                true);
    }
}
