package io.dartboard.search.order;

import io.dartboard.events.OrderPlaced;
import io.dartboard.events.OrderPolicy;
import io.dartboard.events.OrderState;
import io.dartboard.search.body.Name;
import java.util.Optional;

/** What must hold of a standing order, whether it came through the REST interface or as an event. */
final class OrderChecks {
    private OrderChecks() {}

    /** What is wrong with an order, in one line; empty if nothing is. */
    static Optional<String> refusal(OrderPlaced order) {
        var policy = order.getPolicy();
        var seeds = order.getRun().getEvaluationSeeds().size();
        return refusal(order.getOrder(), policy)
                .or(() -> Name.fault("dataset", order.getDataset()))
                .or(() -> unless(order.getState() != OrderState.UNKNOWN, "state must be ACTIVE, PAUSED or REMOVED"))
                .or(() -> unless(
                        seeds >= policy.getMeasureSeeds(),
                        "policy.measureSeeds is %d and run.evaluationSeeds names %d: the champion's cell is measured with the first of these; name more, or measure with fewer",
                        policy.getMeasureSeeds(),
                        seeds));
    }

    /** The same, of what can be said without its run. */
    static Optional<String> refusal(String order, OrderPolicy policy) {
        return Name.fault("order", order)
                .or(() -> unless(
                        policy.getMeasureSeeds() >= 1,
                        "policy.measureSeeds must be at least 1 (was %s)",
                        policy.getMeasureSeeds()))
                .or(() -> notNegative("marginPoints", policy.getMarginPoints()))
                .or(() -> notNegative("marginErrors", policy.getMarginErrors()))
                .or(() -> notNegative("searchEvery", policy.getSearchEvery()))
                .or(() -> notNegative("debounceSeconds", policy.getDebounceSeconds()))
                .or(() -> notNegative("deviceSecondsPerMonth", policy.getDeviceSecondsPerMonth()));
    }

    private static Optional<String> notNegative(String field, double value) {
        return unless(
                value >= 0 && value <= Double.MAX_VALUE,
                "policy.%s must be a number of at least 0 (was %s)",
                field,
                value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value));
    }

    private static Optional<String> unless(boolean holds, String otherwise, Object... was) {
        return holds ? Optional.empty() : Optional.of(otherwise.formatted(was));
    }
}
