package io.dartboard.pipeline.job;

import io.dartboard.events.RunCancelled;
import io.dartboard.events.RunFinished;
import io.dartboard.events.RunOutcome;
import io.dartboard.events.RunPaused;
import io.dartboard.events.RunRequested;
import io.dartboard.events.RunResumed;
import io.dartboard.pipeline.config.KafkaSettings;
import io.dartboard.pipeline.event.Event;
import io.dartboard.pipeline.event.EventReader;
import io.dartboard.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Knows of every run whether its jobs shall go on, from {@code nas.runs}. */
public final class RunControl implements AutoCloseable {
    private static final Word GO = new Word(Signal.NONE, "");

    private final Map<String, Word> words = new ConcurrentHashMap<>();
    private final EventReader reader;

    /** Prepares it; {@link #start()} begins to listen. */
    public RunControl(KafkaSettings kafka, String service) {
        this.reader = new EventReader(kafka, service + "-run-control", List.of(Topics.RUNS), this::hear);
    }

    /** Begins to listen in the background. */
    public void start() {
        reader.start();
    }

    /** NONE, PAUSE or CANCEL. */
    public Signal signal(String run) {
        return words.getOrDefault(run, GO).signal();
    }

    /** Why, one line; empty for NONE. */
    public String cause(String run) {
        return words.getOrDefault(run, GO).cause();
    }

    /** True once all that was told before the start is known. */
    public boolean caughtUp() {
        return reader.caughtUp();
    }

    /**
     * Waits until all that has been told by now is known.
     *
     * @return false if that took longer
     */
    public boolean sync(Duration atMost) throws InterruptedException {
        return reader.sync(atMost);
    }

    @Override
    public void close() {
        reader.close();
    }

    void hear(Event<?> event) {
        var fact = event.value();
        if (fact instanceof RunRequested requested) {
            // Asked for once more, a run that has ended begins again; a repeat in its midst changes nothing.
            words.computeIfPresent(requested.getRun(), (run, word) -> word.signal() == Signal.CANCEL ? GO : word);
        } else if (fact instanceof RunPaused paused) {
            unlessOver(
                    paused.getRun(), word -> new Word(Signal.PAUSE, because("the run is paused", paused.getReason())));
        } else if (fact instanceof RunResumed resumed) {
            unlessOver(resumed.getRun(), word -> GO);
        } else if (fact instanceof RunCancelled cancelled) {
            words.put(
                    cancelled.getRun(),
                    new Word(Signal.CANCEL, because("the run is cancelled", cancelled.getReason())));
        } else if (fact instanceof RunFinished finished && isNews(finished.getOutcome())) {
            unlessOver(
                    finished.getRun(),
                    word -> new Word(Signal.CANCEL, because("the run is over", finished.getReason())));
        }
    }

    /** Success needs no order to stop; a cancellation gave it, and its finish may come after the run is asked for anew. */
    private static boolean isNews(RunOutcome outcome) {
        return outcome != RunOutcome.SUCCEEDED && outcome != RunOutcome.CANCELLED;
    }

    private void unlessOver(String run, UnaryOperator<Word> change) {
        words.compute(run, (id, word) -> {
            var now = word == null ? GO : word;
            return now.signal() == Signal.CANCEL ? now : change.apply(now);
        });
    }

    private static String because(String what, String reason) {
        return reason.isEmpty() ? what : what + ": " + reason;
    }

    private record Word(Signal signal, String cause) {}
}
