package io.dartboard.search.order;

import io.dartboard.events.OrderPlaced;
import io.dartboard.pipeline.planner.Ledger;
import io.dartboard.search.request.DevicePrice;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How an active order stood when its planner looked last.
 *
 * @param order its name
 * @param budget device seconds that it may spend in a month; 0 for as many as it likes
 * @param spent device seconds that it has spent this month
 * @param undecided versions that are due to be decided about and are not
 * @param dueSince since when the one of them has been due that waits longest; empty if none is
 */
public record OrderStanding(String order, double budget, double spent, int undecided, Optional<Instant> dueSince) {

    static OrderStanding of(OrderPlaced order, DevicePrice price, Instant now, Ledger ledger) {
        var decisions = new DecisionBook(order.getOrder(), ledger);
        var due = decisions.open(order.getDataset(), new VersionBook(ledger)).stream()
                .map(version -> due(order, Instant.ofEpochMilli(version.getAt())))
                .filter(since -> !since.isAfter(now))
                .toList();
        return new OrderStanding(
                order.getOrder(),
                MonthBudget.of(order.getPolicy(), price),
                new Spending(ledger).inMonthOf(now, decisions.runs()),
                due.size(),
                due.stream().min(Instant::compareTo));
    }

    /** When it is looked at: once the burst is over that it may be part of, or at the next time of the schedule. */
    private static Instant due(OrderPlaced order, Instant came) {
        return Schedule.of(order)
                .filter(schedule -> !schedule.isSearch())
                .map(schedule -> schedule.firstDue(came))
                .orElseGet(() -> came.plus(Duration.ofSeconds(order.getPolicy().getDebounceSeconds())));
    }

    /** Device seconds that are left of the month's. */
    public double left() {
        return Math.max(0, budget - spent);
    }
}
