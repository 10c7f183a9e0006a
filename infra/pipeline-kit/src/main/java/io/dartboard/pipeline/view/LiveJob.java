package io.dartboard.pipeline.view;

import io.dartboard.events.JobProgressed;
import java.time.Duration;
import java.time.Instant;

/**
 * The newest word on a job.
 *
 * @param word what its worker told of it
 * @param heardAt when that was told last: a worker repeats it every few seconds, whether the job comes further or not
 * @param movedAt when it was told first: since then the job has come no further
 */
public record LiveJob(JobProgressed word, Instant heardAt, Instant movedAt) {

    static LiveJob first(JobProgressed word, Instant told) {
        return new LiveJob(word, told, told);
    }

    /** After a further word on the same job; that of an older attempt changes nothing. */
    LiveJob then(JobProgressed next, Instant told) {
        if (next.getAttempt() < word.getAttempt()) {
            return this;
        }
        return new LiveJob(next, told, isAsFar(next) ? movedAt : told);
    }

    /** True if its worker has told of it no longer ago than this. */
    public boolean isHeard(Instant now, Duration within) {
        return Duration.between(heardAt, now).compareTo(within) <= 0;
    }

    /** True if it has come further no longer ago than this. */
    public boolean isMoving(Instant now, Duration within) {
        return isHeard(now, within) && Duration.between(movedAt, now).compareTo(within) <= 0;
    }

    private boolean isAsFar(JobProgressed next) {
        return next.getAttempt() == word.getAttempt()
                && next.getStep() == word.getStep()
                && Double.compare(next.getFraction(), word.getFraction()) == 0
                && next.getPhase().equals(word.getPhase())
                && next.getMessage().equals(word.getMessage());
    }
}
