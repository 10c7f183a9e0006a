package io.dartboard.search.order;

import io.dartboard.events.OrderPlaced;
import io.dartboard.events.OrderPolicy;
import io.dartboard.events.OrderSchedule;
import io.dartboard.events.OrderState;
import io.dartboard.events.WatchedSource;
import io.dartboard.search.body.Name;
import io.dartboard.search.request.DevicePrice;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What must hold of a standing order, whether it came through the REST interface or as an event. */
final class OrderChecks {
    private static final String BUCKET = "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]";

    private OrderChecks() {}

    /** What is wrong with an order, in one line; empty if nothing is. */
    static Optional<String> refusal(OrderPlaced order, DevicePrice price) {
        var policy = order.getPolicy();
        var seeds = order.getRun().getEvaluationSeeds().size();
        return refusal(order.getOrder(), policy, order.getSource(), order.getSchedule())
                .or(() -> price.refusal("policy.moneyPerMonth", policy.getMoneyPerMonth()))
                .or(() -> Name.fault("dataset", order.getDataset()))
                .or(() -> unless(order.getState() != OrderState.UNKNOWN, "state must be ACTIVE, PAUSED or REMOVED"))
                .or(() -> unless(
                        seeds >= policy.getMeasureSeeds(),
                        "policy.measureSeeds is %d and run.evaluationSeeds names %d: the champion's cell is measured with the first of these; name more, or measure with fewer",
                        policy.getMeasureSeeds(),
                        seeds));
    }

    /** The same, of what can be said without its run. */
    static Optional<String> refusal(
            String order, OrderPolicy policy, @Nullable WatchedSource source, @Nullable OrderSchedule schedule) {
        return Name.fault("order", order)
                .or(() -> unless(
                        policy.getMeasureSeeds() >= 1,
                        "policy.measureSeeds must be at least 1 (was %s)",
                        policy.getMeasureSeeds()))
                .or(() -> notNegative("marginPoints", policy.getMarginPoints()))
                .or(() -> notNegative("marginErrors", policy.getMarginErrors()))
                .or(() -> notNegative("searchEvery", policy.getSearchEvery()))
                .or(() -> notNegative("debounceSeconds", policy.getDebounceSeconds()))
                .or(() -> notNegative("deviceSecondsPerMonth", policy.getDeviceSecondsPerMonth()))
                .or(() -> notNegative("moneyPerMonth", policy.getMoneyPerMonth()))
                .or(() -> source == null ? Optional.empty() : refusal(source))
                .or(() -> schedule == null ? Optional.empty() : Schedule.refusal(schedule));
    }

    private static Optional<String> refusal(WatchedSource source) {
        var prefix = source.getPrefix();
        return unless(
                        source.getBucket().matches(BUCKET),
                        "source.bucket must name a bucket: 3 to 63 small letters, digits, dots and dashes (was '%s')",
                        source.getBucket())
                .or(() -> unless(
                        prefix.isEmpty() || prefix.endsWith("/") && !prefix.startsWith("/"),
                        "source.prefix must end with a slash and begin with none, as incoming/shapes/ (was '%s')",
                        prefix))
                .or(() -> unless(
                        source.getQuietSeconds() >= 0,
                        "source.quietSeconds must be at least 0 (was %s)",
                        source.getQuietSeconds()))
                .or(() -> unless(
                        source.getListSeconds() >= 1,
                        "source.listSeconds must be at least 1 (was %s)",
                        source.getListSeconds()))
                .or(() -> unless(
                        List.of("", "fine", "coarse").contains(source.getLabels()),
                        "source.labels must be fine or coarse, or be left out (was '%s')",
                        source.getLabels()));
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
