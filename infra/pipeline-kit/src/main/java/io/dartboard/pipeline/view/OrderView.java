package io.dartboard.pipeline.view;

import io.dartboard.events.OrderPlaced;
import io.dartboard.events.VersionDecided;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * All that is known of one standing order at one moment.
 *
 * @param placed how it stands
 * @param decisions what it has decided, the oldest first
 */
public record OrderView(OrderPlaced placed, List<Told> decisions) {
    public OrderView {
        decisions = List.copyOf(decisions);
    }

    /**
     * A decision.
     *
     * @param decided what was decided
     * @param at when it was told
     */
    public record Told(VersionDecided decided, Instant at) {}

    /** The runs that it has begun, by id. */
    public Set<String> runs() {
        var runs = new TreeSet<String>();
        decisions.forEach(told -> runs.addAll(told.decided().getRuns()));
        return runs;
    }

    /** Device seconds that measuring has cost. */
    public double deviceSecondsSpent() {
        return decisions.stream()
                .mapToDouble(told -> told.decided().getDeviceSecondsSpent())
                .sum();
    }

    /** Device seconds that it has saved by keeping a champion. */
    public double deviceSecondsSaved() {
        return decisions.stream()
                .mapToDouble(told -> told.decided().getDeviceSecondsSaved())
                .sum();
    }
}
