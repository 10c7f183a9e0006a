package io.dartboard.pipeline.run;

import io.dartboard.events.BudgetUnit;
import io.dartboard.events.RunBudget;
import io.dartboard.events.RunBudgetSpent;
import io.dartboard.events.RunRequested;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a run may cost, unit by unit; 0 of a unit sets no limit. */
public final class Budgets {
    /** No limit at all. */
    public static final RunBudget NONE = RunBudget.newBuilder().build();

    /** What can be limited, in the order in which it is told. */
    public static final List<BudgetUnit> UNITS =
            List.of(BudgetUnit.DEVICE_SECONDS, BudgetUnit.WALL_CLOCK_SECONDS, BudgetUnit.EPOCHS, BudgetUnit.MONEY);

    private Budgets() {}

    /** That of a request. */
    public static RunBudget of(RunRequested request) {
        return request.getBudget() == null ? NONE : request.getBudget();
    }

    /** How much of a unit there is; 0 for no limit, and of a unit that no version knows. */
    public static double limit(RunBudget budget, BudgetUnit unit) {
        return switch (unit) {
            case DEVICE_SECONDS -> budget.getDeviceSeconds();
            case WALL_CLOCK_SECONDS -> budget.getWallClockSeconds();
            case EPOCHS -> budget.getEpochs();
            case MONEY -> budget.getMoney();
            case UNKNOWN -> 0;
        };
    }

    /** The field of the contract. */
    public static String field(BudgetUnit unit) {
        return switch (unit) {
            case DEVICE_SECONDS -> "deviceSeconds";
            case WALL_CLOCK_SECONDS -> "wallClockSeconds";
            case EPOCHS -> "epochs";
            case MONEY -> "money";
            case UNKNOWN -> "unknown";
        };
    }

    /** What is wrong with a budget that was written, in one line; empty if nothing is. */
    public static Optional<String> refusal(RunBudget budget) {
        return UNITS.stream()
                .filter(unit -> !(limit(budget, unit) >= 0 && limit(budget, unit) <= Double.MAX_VALUE))
                .findFirst()
                .map(unit -> "budget.%s must be a number of at least 0, and 0 sets no limit (was %s)"
                        .formatted(field(unit), number(limit(budget, unit))));
    }

    /** True if that of which so much was spent is no limit any more. */
    static boolean covers(RunBudget budget, RunBudgetSpent spent) {
        var limit = limit(budget, spent.getUnit());
        return limit == 0 || limit > spent.getSpent();
    }

    /** That a run has spent its budget, in one line for people. */
    static String line(RunBudgetSpent spent) {
        return "it has spent %s of the %s that its budget allows; it goes on once that is raised"
                .formatted(number(spent.getSpent()), amount(spent.getUnit(), spent.getBudget()));
    }

    /** So much of a unit, for people. */
    public static String amount(BudgetUnit unit, double value) {
        var title =
                switch (unit) {
                    case DEVICE_SECONDS -> "device seconds";
                    case WALL_CLOCK_SECONDS -> "seconds of wall clock";
                    case EPOCHS -> "epochs";
                    case MONEY -> "of money";
                    case UNKNOWN -> "of a unit that a newer version knows";
                };
        return number(value) + " " + title;
    }

    /** A whole number as one, any other with two places. */
    public static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.2f", value);
    }
}
