package io.dartboard.search.order;

import io.dartboard.events.OrderPlaced;
import io.dartboard.events.OrderSchedule;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * When an order acts by the clock. Of the times that have gone by the newest counts, so what was missed is made up once.
 *
 * @param every time between two
 * @param from the first of them
 * @param isSearch whether the newest version is searched on then; else it is questioned
 */
record Schedule(Duration every, Instant from, boolean isSearch) {
    private static final Duration LEAST = Duration.ofMinutes(1);
    private static final String SEARCH = "search";
    private static final List<String> ACTS = List.of("question", SEARCH);

    /** That of an order, which was checked; empty where it has none. */
    static Optional<Schedule> of(OrderPlaced order) {
        return Optional.ofNullable(order.getSchedule())
                .map(told -> new Schedule(
                        every(told).orElseThrow(),
                        from(told).orElseThrow(),
                        told.getAct().equals(SEARCH)));
    }

    /** What is wrong with one that was written, in one line; empty if nothing is. */
    static Optional<String> refusal(OrderSchedule told) {
        if (every(told).isEmpty()) {
            return Optional.of(
                    "schedule.every must be a time of at least PT1M in days, hours and minutes, as P7D or PT12H (was '%s')"
                            .formatted(told.getEvery()));
        }
        if (from(told).isEmpty()) {
            return Optional.of("schedule.from must be a time in UTC, as 2026-01-05T02:00:00Z (was '%s')"
                    .formatted(told.getFrom()));
        }
        return ACTS.contains(told.getAct())
                ? Optional.empty()
                : Optional.of("schedule.act must be question or search (was '%s')".formatted(told.getAct()));
    }

    /**
     * One whose first time is known: as written, or that of the one before if it was as often, or as much from now as lies
     * between two.
     */
    static OrderSchedule begun(OrderSchedule told, Optional<OrderSchedule> before, Instant now) {
        if (!told.getFrom().isEmpty() || every(told).isEmpty()) {
            return told;
        }
        var from = before.filter(known -> known.getEvery().equals(told.getEvery()))
                .map(OrderSchedule::getFrom)
                .orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS)
                        .plus(every(told).orElseThrow())
                        .toString());
        return OrderSchedule.newBuilder(told).setFrom(from).build();
    }

    /** The last time that it was due; empty before the first. */
    Optional<Instant> lastDue(Instant now) {
        return now.isBefore(from)
                ? Optional.empty()
                : Optional.of(
                        from.plus(every.multipliedBy(Duration.between(from, now).dividedBy(every))));
    }

    /** The first time at or after another. */
    Instant firstDue(Instant after) {
        return lastDue(after)
                .map(last -> last.equals(after) ? last : last.plus(every))
                .orElse(from);
    }

    private static Optional<Duration> every(OrderSchedule told) {
        try {
            return Optional.of(Duration.parse(told.getEvery())).filter(time -> time.compareTo(LEAST) >= 0);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> from(OrderSchedule told) {
        try {
            return Optional.of(Instant.parse(told.getFrom()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
