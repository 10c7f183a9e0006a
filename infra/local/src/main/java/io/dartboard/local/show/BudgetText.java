package io.dartboard.local.show;

import io.dartboard.events.BudgetUnit;
import io.dartboard.pipeline.run.Budgets;
import io.dartboard.pipeline.view.RunView;
import java.util.Optional;
import java.util.stream.Collectors;

/** A run's budget for people at a terminal. */
public final class BudgetText {
    private BudgetText() {}

    /** The option that says how much of a unit a run may cost. */
    public static String option(BudgetUnit unit) {
        return switch (unit) {
            case DEVICE_SECONDS -> "--device-seconds";
            case WALL_CLOCK_SECONDS -> "--wall-clock-seconds";
            case EPOCHS -> "--total-epochs";
            case MONEY, UNKNOWN -> "--money";
        };
    }

    /** The command by which a paused run goes on. */
    public static String goOn(String run, Optional<BudgetUnit> spent) {
        return spent.map(unit -> "infra/run budget %s %s N".formatted(run, option(unit)))
                .orElseGet(() -> "infra/run resume " + run);
    }

    /** What a run may cost; empty where it has no limit. */
    public static String limits(RunView view) {
        return Budgets.UNITS.stream()
                .filter(unit -> Budgets.limit(view.budget(), unit) > 0)
                .map(unit -> Budgets.amount(unit, Budgets.limit(view.budget(), unit)))
                .collect(Collectors.joining(", "));
    }
}
