package io.dartboard.search.order;

import io.dartboard.pipeline.meters.EventMeters;
import io.dartboard.pipeline.meters.NasMeters;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** Standing orders and champions, as their planner saw them last; they go with the order or champion. */
public final class OrderMeters {
    private final Clock clock;
    private final MultiGauge budget;
    private final MultiGauge left;
    private final MultiGauge undecided;
    private final MultiGauge due;
    private final MultiGauge promoted;
    private volatile Instant asOf = Instant.EPOCH;

    public OrderMeters(MeterRegistry registry, Clock clock) {
        this.clock = clock;
        this.budget = NasMeters.ORDER_BUDGET.gauges(registry);
        this.left = NasMeters.ORDER_BUDGET_LEFT.gauges(registry);
        this.undecided = NasMeters.ORDER_UNDECIDED.gauges(registry);
        this.due = NasMeters.ORDER_DUE.gauges(registry);
        this.promoted = NasMeters.CHAMPION_PROMOTED.gauges(registry);
    }

    /** Shows them. */
    public void show(Standings seen) {
        asOf = seen.asOf();
        show(budget, seen, order -> order.budget() > 0, OrderStanding::budget);
        show(left, seen, order -> order.budget() > 0, OrderStanding::left);
        show(undecided, seen, order -> true, OrderStanding::undecided);
        show(due, seen, order -> true, order -> order.dueSince()
                .map(since -> Duration.between(since, clock.instant()).toMillis() / 1e3)
                .orElse(0.0));
        promoted.register(
                seen.promoted().entrySet().stream()
                        .map(each -> Row.of(
                                Tags.of("dataset", each.getKey()),
                                each.getValue(),
                                time -> fresh(time.getEpochSecond())))
                        .toList(),
                true);
    }

    private void show(
            MultiGauge gauge, Standings seen, Predicate<OrderStanding> has, ToDoubleFunction<OrderStanding> value) {
        gauge.register(
                seen.orders().stream()
                        .filter(has)
                        .map(order -> Row.of(
                                Tags.of("order", order.order()), order, told -> fresh(value.applyAsDouble(told))))
                        .toList(),
                true);
    }

    private double fresh(double value) {
        return EventMeters.isRecent(asOf, clock) ? value : Double.NaN;
    }
}
