package io.dartboard.local.chaos;

import java.time.Duration;
import java.util.List;

/**
 * How long chaos reigns, and how thickly.
 *
 * @param seed of faults and requests
 * @param length of the time in which faults strike and requests are made
 * @param workers processes of each service that trains
 * @param betweenFaults mean time between two faults
 * @param longestFault after which a fault is undone, or a killed process started again, at the latest
 * @param betweenRequests time between two requests
 * @param runsAtOnce runs that may be under way before another is asked for
 * @param methods of search, by id, each of which the runs go by in turn; runs of every kind where there is none
 * @param settle time in which all runs must end once the faults have ended
 */
public record ChaosPlan(
        long seed,
        Duration length,
        int workers,
        Duration betweenFaults,
        Duration longestFault,
        Duration betweenRequests,
        int runsAtOnce,
        List<String> methods,
        Duration settle) {
    private static final Duration LONGEST_FAULT = Duration.ofSeconds(10);
    private static final Duration BETWEEN_REQUESTS = Duration.ofSeconds(4);
    private static final Duration SETTLE = Duration.ofMinutes(5);
    private static final int RUNS_AT_ONCE = 4;

    public ChaosPlan {
        methods = List.copyOf(methods);
        if (length.isZero() || length.isNegative()) {
            throw new IllegalArgumentException("chaos must last longer than zero (was %s)".formatted(length));
        }
        if (betweenFaults.isZero() || betweenFaults.isNegative()) {
            throw new IllegalArgumentException(
                    "there must be time between two faults (was %s)".formatted(betweenFaults));
        }
        if (workers < 1) {
            throw new IllegalArgumentException("there must be at least one worker (was %d)".formatted(workers));
        }
    }

    /** With requests, and ends of faults, as thick as usual. */
    public static ChaosPlan of(long seed, Duration length, int workers, Duration betweenFaults, List<String> methods) {
        return new ChaosPlan(
                seed, length, workers, betweenFaults, LONGEST_FAULT, BETWEEN_REQUESTS, RUNS_AT_ONCE, methods, SETTLE);
    }
}
