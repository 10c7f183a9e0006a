package io.dartboard.pipeline.view;

import io.dartboard.events.DecisionAction;
import io.dartboard.events.OrderPlaced;
import io.dartboard.events.SourceRead;
import io.dartboard.events.VersionDecided;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * All that is known of one standing order at one moment.
 *
 * @param placed how it stands
 * @param decisions what it has decided, the oldest first
 * @param source what was read last of what it watches; empty where nothing was, or it watches nothing
 */
public record OrderView(OrderPlaced placed, List<Told> decisions, Optional<Read> source) {
    public OrderView {
        decisions = List.copyOf(decisions);
    }

    /**
     * A decision.
     *
     * @param decided what was decided
     * @param at when it was told
     */
    public record Told(VersionDecided decided, Instant at) {
        /** Whether it is the last word on its version. */
        public boolean isFinal() {
            return OrderView.isFinal(decided.getAction());
        }
    }

    /** What is the last word on a version. */
    public static boolean isFinal(DecisionAction action) {
        return switch (action) {
            case SEARCH, KEEP, PASS -> true;
            case MEASURE, DEFER, UNKNOWN -> false;
        };
    }

    /**
     * A reading of what an order watches.
     *
     * @param read what came of it
     * @param at when it was told
     */
    public record Read(SourceRead read, Instant at) {}

    /** The runs that it has begun, by id. */
    public Set<String> runs() {
        var runs = new TreeSet<String>();
        decisions.forEach(told -> runs.addAll(told.decided().getRuns()));
        return runs;
    }

    /** Device seconds that measuring has cost; each decision about a version names all that was spent on it until then. */
    public double deviceSecondsSpent() {
        return decisions.stream()
                .map(Told::decided)
                .collect(Collectors.toMap(VersionDecided::getVersion, VersionDecided::getDeviceSecondsSpent, Math::max))
                .values()
                .stream()
                .mapToDouble(Double::doubleValue)
                .sum();
    }

    /** Device seconds that it has saved by keeping a champion. */
    public double deviceSecondsSaved() {
        return decisions.stream()
                .mapToDouble(told -> told.decided().getDeviceSecondsSaved())
                .sum();
    }
}
