package io.dartboard.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.events.RunCancelled;
import io.dartboard.events.RunFinished;
import io.dartboard.events.RunOutcome;
import io.dartboard.events.RunPaused;
import io.dartboard.events.RunRequested;
import io.dartboard.events.RunResumed;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunDeskTest {
    private static final String FILE = """
            {"dataset": "shapes", "seeds": [0],
             "search": {"cells": 3, "channels": 4, "epochs": 1, "batchSize": 8},
             "selection": {"cells": 4, "channels": 4, "epochs": 1, "batchSize": 8},
             "evaluation": {"cells": 4, "channels": 4, "epochs": 1, "batchSize": 8}}""";

    private final FakeEventLog log = new FakeEventLog();
    private final RunDesk desk = new RunDesk(log);

    @BeforeEach
    void publish() {
        log.heard(Told.dataset("shapes", "1"));
    }

    @Test
    void shouldTellARequestOnceAndJoinItAfterwards() {
        var first = desk.request(FILE);
        var second = desk.request(FILE);
        assertThat(first.begins()).isTrue();
        assertThat(second.begins()).isFalse();
        assertThat(second.run()).isEqualTo(first.run());
        assertThat(log.told()).singleElement().isInstanceOf(RunRequested.class);
        assertThat(first.view().path("run").asText()).isEqualTo(first.run());
        assertThat(first.view().path("state").asText()).isEqualTo("WAITING");
    }

    @Test
    void shouldBeginARunAgainThatEndedWithoutSuccess() {
        var run = desk.request(FILE).run();
        log.heard(new RunFinished(run, RunOutcome.FAILED, "disk full", 0));
        assertThat(desk.request(FILE).begins()).isTrue();
        assertThat(log.told()).hasSize(2);
    }

    @Test
    void shouldNotBeginARunAgainThatSucceeded() {
        var run = desk.request(FILE).run();
        log.heard(new RunFinished(run, RunOutcome.SUCCEEDED, "", 0));
        assertThat(desk.request(FILE).begins()).isFalse();
    }

    @Test
    void shouldRefuseARequestWhileTheSameRunIsBeingCancelled() {
        var run = desk.request(FILE).run();
        desk.cancel(run, "");
        assertThatThrownBy(() -> desk.request(FILE)).hasMessageContaining("just being cancelled");
    }

    @Test
    void shouldCancelOnce() {
        var run = desk.request(FILE).run();
        desk.cancel(run, "too dear");
        desk.cancel(run, "too dear");
        assertThat(log.told())
                .filteredOn(RunCancelled.class::isInstance)
                .containsExactly(new RunCancelled(run, "too dear", 0));
    }

    @Test
    void shouldPauseAndResume() {
        var run = desk.request(FILE).run();
        assertThat(desk.pause(run, "night").path("state").asText()).isEqualTo("PAUSED");
        assertThat(desk.resume(run).path("state").asText()).isEqualTo("WAITING");
        assertThat(log.told()).contains(new RunPaused(run, "night", 0), new RunResumed(run, "", 0));
        assertThatThrownBy(() -> desk.resume(run)).hasMessageContaining("is not paused");
    }

    @Test
    void shouldRefuseToSteerARunThatHasEnded() {
        var run = desk.request(FILE).run();
        log.heard(new RunFinished(run, RunOutcome.SUCCEEDED, "", 0));
        assertThatThrownBy(() -> desk.cancel(run, ""))
                .hasMessage("run %s cannot be cancelled any more: it is succeeded".formatted(run));
        assertThatThrownBy(() -> desk.pause(run, "")).isInstanceOf(Refused.class);
    }

    @Test
    void shouldRefuseARunThatNobodyAskedFor() {
        assertThatThrownBy(() -> desk.show("r0")).hasMessage("there is no run r0; GET /v1/runs lists them");
        assertThatThrownBy(() -> desk.cancel("r0", "")).isInstanceOf(Refused.class);
    }
}
