package io.dartboard.pipeline.job;

import static io.dartboard.pipeline.view.RunStory.IMAGES;
import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.events.RunCancelled;
import io.dartboard.events.RunFinished;
import io.dartboard.events.RunOutcome;
import io.dartboard.events.RunPaused;
import io.dartboard.events.RunResumed;
import io.dartboard.pipeline.config.KafkaSettings;
import io.dartboard.pipeline.event.Event;
import io.dartboard.schemas.Topics;
import java.time.Instant;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunControlTest {
    private static final JobIdentity JOB = new JobIdentity("s1", "r1", 0, "search", "searches/s1");

    private final RunControl control = new RunControl(KafkaSettings.at("localhost:1"), "test-svc");

    @AfterEach
    void close() {
        control.close();
    }

    @Test
    void shouldSayWhetherTheJobsOfARunGoOn() {
        hear(IMAGES.request("r1"));
        assertThat(control.signal(JOB)).isEqualTo(Signal.NONE);
        hear(new RunPaused("r1", "night", 0));
        assertThat(control.signal(JOB)).isEqualTo(Signal.PAUSE);
        assertThat(control.cause(JOB)).isEqualTo("the run is paused: night");
        hear(new RunResumed("r1", "", 0));
        assertThat(control.signal(JOB)).isEqualTo(Signal.NONE);
        hear(new RunCancelled("r1", "too dear", 0));
        assertThat(control.signal(JOB)).isEqualTo(Signal.CANCEL);
        assertThat(control.cause(JOB)).isEqualTo("the run is cancelled: too dear");
    }

    @Test
    void shouldLetTheJobsOfARunGoOnThatBeginsAgain() {
        hear(IMAGES.request("r1"), new RunFinished("r1", RunOutcome.FAILED, "disk full", 0));
        assertThat(control.signal(JOB)).isEqualTo(Signal.CANCEL);
        hear(new RunPaused("r1", "", 0), new RunResumed("r1", "", 0));
        assertThat(control.signal(JOB)).isEqualTo(Signal.CANCEL);
        hear(IMAGES.request("r1"));
        assertThat(control.signal(JOB)).isEqualTo(Signal.NONE);
    }

    @Test
    void shouldNotEndARunByTheLateEndOfItsCancellation() {
        hear(IMAGES.request("r1"), new RunCancelled("r1", "", 0), IMAGES.request("r1"));
        hear(new RunFinished("r1", RunOutcome.CANCELLED, "", 0));
        assertThat(control.signal(JOB)).isEqualTo(Signal.NONE);
    }

    @Test
    void shouldHoldAPausedRunThoughItIsAskedForOnceMore() {
        hear(IMAGES.request("r1"), new RunPaused("r1", "", 0), IMAGES.request("r1"));
        assertThat(control.signal(JOB)).isEqualTo(Signal.PAUSE);
    }

    private void hear(SpecificRecord... facts) {
        for (var fact : facts) {
            control.hear(new Event<>(Topics.RUNS, "r1", fact, 0, Instant.EPOCH, Optional.empty()));
        }
    }
}
