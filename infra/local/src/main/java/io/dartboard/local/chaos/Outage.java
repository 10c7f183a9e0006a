package io.dartboard.local.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From the kill of a process to the moment at which a job that it had lives again, or has ended. */
final class Outage {
    private final String process;
    private final String job;
    private final String run;
    private final int attempt;
    private final Instant began;
    private @Nullable Instant ended;

    /**
     * Begins.
     *
     * @param process who was killed
     * @param job what it had; empty for a broker, which is back once anything is told
     * @param attempt the attempt that the process was at
     */
    Outage(String process, String job, String run, int attempt, Instant began) {
        this.process = process;
        this.job = job;
        this.run = run;
        this.attempt = attempt;
        this.began = began;
    }

    void lives(String lives, int by, boolean over, Instant time) {
        if (ended == null && lives.equals(job) && (over || by > attempt) && time.isAfter(began)) {
            ended = time;
        }
    }

    void tellsAnything(Instant time) {
        if (ended == null && job.isEmpty() && time.isAfter(began)) {
            ended = time;
        }
    }

    boolean ofBroker() {
        return job.isEmpty();
    }

    String process() {
        return process;
    }

    String job() {
        return job;
    }

    String run() {
        return run;
    }

    /** How long it took; empty where it has not ended. */
    Optional<Duration> lasted() {
        return Optional.ofNullable(ended).map(end -> Duration.between(began, end));
    }
}
