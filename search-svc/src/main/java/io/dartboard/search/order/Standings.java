package io.dartboard.search.order;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How all stood when the {@link OrderPlanner} looked last.
 *
 * @param asOf when that was
 * @param orders the active orders
 * @param promoted when the champion of each dataset was promoted, by name of the dataset
 */
public record Standings(Instant asOf, List<OrderStanding> orders, Map<String, Instant> promoted) {
    public Standings {
        orders = List.copyOf(orders);
        promoted = Map.copyOf(promoted);
    }
}
