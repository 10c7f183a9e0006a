package io.dartboard.pipeline.view;

import io.dartboard.events.RunFinished;
import io.dartboard.events.RunOutcome;
import io.dartboard.events.RunRequested;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The life of a run by the events of {@code nas.runs}: what was asked, and what was said of it since. Immutable. */
final class Life {
    private final RunRequested request;
    private final Instant requestedAt;
    private final RunState word;
    private final String reason;
    private final @Nullable Instant finishedAt;

    private Life(
            RunRequested request, Instant requestedAt, RunState word, String reason, @Nullable Instant finishedAt) {
        this.request = request;
        this.requestedAt = requestedAt;
        this.word = word;
        this.reason = reason;
        this.finishedAt = finishedAt;
    }

    static Life requested(RunRequested request, Instant time) {
        return new Life(request, time, RunState.WAITING, "", null);
    }

    /** The same request again: joins the run, or opens it anew where it ended, or is about to end, without success. */
    Life askedAgain(Instant time) {
        return word == RunState.FAILED || word == RunState.CANCELLED || word == RunState.CANCELLING
                ? requested(request, time)
                : this;
    }

    Life paused(String why) {
        return word.ended() || word == RunState.CANCELLING ? this : with(RunState.PAUSED, why);
    }

    Life resumed() {
        return word == RunState.PAUSED ? with(RunState.WAITING, "") : this;
    }

    Life cancelled(String why) {
        return word.ended() ? this : with(RunState.CANCELLING, why);
    }

    /** An end; that of a cancellation is passed over where the run has been asked for anew meanwhile. */
    Life finished(RunFinished finished, Instant time) {
        if (finished.getOutcome() == RunOutcome.CANCELLED && word != RunState.CANCELLING) {
            return this;
        }
        var state =
                switch (finished.getOutcome()) {
                    case SUCCEEDED -> RunState.SUCCEEDED;
                    case CANCELLED -> RunState.CANCELLED;
                    case FAILED, UNKNOWN -> RunState.FAILED;
                };
        return word == state ? this : new Life(request, requestedAt, state, finished.getReason(), time);
    }

    RunRequested request() {
        return request;
    }

    Instant requestedAt() {
        return requestedAt;
    }

    /** What was said last: WAITING where nothing stands against the run's going on. */
    RunState word() {
        return word;
    }

    String reason() {
        return reason;
    }

    Optional<Instant> finishedAt() {
        return Optional.ofNullable(finishedAt);
    }

    private Life with(RunState state, String why) {
        return new Life(request, requestedAt, state, why, null);
    }
}
