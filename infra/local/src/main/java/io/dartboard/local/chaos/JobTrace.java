package io.dartboard.local.chaos;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** What has been told of one job, by all its attempts. Confined to whoever holds its witness's lock. */
final class JobTrace {
    private final String job;
    private final String run;
    private final String stage;
    private final TreeMap<Integer, Attempt> attempts = new TreeMap<>();
    private final Set<String> results = new LinkedHashSet<>();
    private double deviceSeconds;
    private boolean finished;
    private boolean failed;

    JobTrace(String job, String run, String stage) {
        this.job = job;
        this.run = run;
        this.stage = stage;
    }

    /** The steps that an attempt told of, first and last. */
    private record Attempt(long first, long last) {
        Attempt with(long step) {
            return new Attempt(Math.min(first, step), Math.max(last, step));
        }
    }

    String job() {
        return job;
    }

    String run() {
        return run;
    }

    String stage() {
        return stage;
    }

    void at(int attempt, long step) {
        attempts.merge(attempt, new Attempt(step, step), (known, now) -> known.with(step));
    }

    /** An attempt that has told nothing of steps. */
    void begun(int attempt) {
        for (var number = 1; number <= attempt; number++) {
            attempts.putIfAbsent(number, new Attempt(Long.MAX_VALUE, Long.MIN_VALUE));
        }
    }

    void result(String fingerprint, double seconds) {
        results.add(fingerprint);
        deviceSeconds = Math.max(deviceSeconds, seconds);
    }

    void finish() {
        finished = true;
    }

    void fail() {
        failed = true;
    }

    boolean finished() {
        return finished;
    }

    /** True while it neither has a result nor was given up. */
    boolean open() {
        return !finished && !failed;
    }

    /** The newest attempt that has told anything; 0 for none. */
    int newest() {
        return attempts.isEmpty() ? 0 : attempts.lastKey();
    }

    /** The words on what the job has come to, each once: one where all agree. */
    List<String> results() {
        return List.copyOf(results);
    }

    /** Device seconds of the result, as its fact says. */
    double deviceSeconds() {
        return deviceSeconds;
    }

    /** Steps from the first to the last that was told, each counted once. */
    long steps() {
        return union(intervals());
    }

    /** Steps that more than one attempt did, as far as they told. */
    long stepsDoneTwice() {
        var intervals = intervals();
        return intervals.stream()
                        .mapToLong(attempt -> attempt.last - attempt.first)
                        .sum()
                - union(intervals);
    }

    private List<Attempt> intervals() {
        var told = new ArrayList<Attempt>();
        attempts.values().stream()
                .filter(attempt -> attempt.last >= attempt.first)
                .sorted(Comparator.comparingLong(Attempt::first))
                .forEach(told::add);
        return told;
    }

    private static long union(List<Attempt> sorted) {
        var length = 0L;
        var end = Long.MIN_VALUE;
        for (var attempt : sorted) {
            var from = Math.max(attempt.first, end);
            if (attempt.last > from) {
                length += attempt.last - from;
            }
            end = Math.max(end, attempt.last);
        }
        return length;
    }
}
