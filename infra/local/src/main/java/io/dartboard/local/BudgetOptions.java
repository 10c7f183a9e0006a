package io.dartboard.local;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dartboard.events.BudgetUnit;
import io.dartboard.pipeline.run.Budgets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what a run may cost. */
final class BudgetOptions {
    @Option(
            names = "--device-seconds",
            paramLabel = "N",
            description = "Seconds that its jobs may hold devices in all; 0 for no limit.")
    private @Nullable Double deviceSeconds;

    @Option(
            names = "--wall-clock-seconds",
            paramLabel = "N",
            description = "Seconds that it may go on, pauses not counted; 0 for no limit.")
    private @Nullable Double wallClockSeconds;

    @Option(
            names = "--total-epochs",
            paramLabel = "N",
            description = "Epochs that all its jobs together may have; 0 for no limit.")
    private @Nullable Integer epochs;

    @Option(
            names = "--money",
            paramLabel = "N",
            description =
                    "What its device hours may cost, at the price that search-svc is configured with; 0 for no limit.")
    private @Nullable Double money;

    /** Those that were given, as the interface takes them. */
    ObjectNode given() {
        var given = JsonNodeFactory.instance.objectNode();
        put(given, BudgetUnit.DEVICE_SECONDS, deviceSeconds);
        put(given, BudgetUnit.WALL_CLOCK_SECONDS, wallClockSeconds);
        if (epochs != null) {
            given.put(Budgets.field(BudgetUnit.EPOCHS), epochs);
        }
        put(given, BudgetUnit.MONEY, money);
        return given;
    }

    private static void put(ObjectNode into, BudgetUnit unit, @Nullable Double value) {
        if (value != null) {
            into.put(Budgets.field(unit), value);
        }
    }
}
