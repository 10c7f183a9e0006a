package io.dartboard.search.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.events.BudgetUnit;
import io.dartboard.events.GenotypeDerived;
import io.dartboard.events.RunBlocked;
import io.dartboard.events.RunBudget;
import io.dartboard.events.RunBudgetChanged;
import io.dartboard.events.RunBudgetSpent;
import io.dartboard.events.RunCancelled;
import io.dartboard.events.RunFinished;
import io.dartboard.events.RunOutcome;
import io.dartboard.events.RunPaused;
import io.dartboard.events.RunRequested;
import io.dartboard.events.RunResumed;
import io.dartboard.events.StageFinishRequested;
import io.dartboard.pipeline.identity.JobId;
import io.dartboard.search.body.Refused;
import io.dartboard.search.event.FakeEventLog;
import io.dartboard.search.work.Told;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunDeskTest {
    private static final String FILE = """
            {"dataset": "shapes", "seeds": [0],
             "search": {"cells": 3, "channels": 4, "epochs": 1, "batchSize": 8},
             "selection": {"cells": 4, "channels": 4, "epochs": 1, "batchSize": 8},
             "evaluation": {"cells": 4, "channels": 4, "epochs": 1, "batchSize": 8}}""";

    private final FakeEventLog log = new FakeEventLog();
    private final RunDesk desk = new RunDesk(log, new RequestTerms(false, DevicePrice.UNKNOWN));

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
        log.heard(new RunFinished(run, RunOutcome.FAILED, "disk full", 1));
        assertThat(desk.request(FILE).begins()).isTrue();
        assertThat(desk.request(FILE).begins()).isFalse();
        assertThat(log.told())
                .extracting(told -> ((RunRequested) told).getRequestEpoch())
                .containsExactly(1, 2);
    }

    @Test
    void shouldNotBeginARunAgainThatSucceeded() {
        var run = desk.request(FILE).run();
        log.heard(new RunFinished(run, RunOutcome.SUCCEEDED, "", 1));
        assertThat(desk.request(FILE).begins()).isFalse();
    }

    @Test
    void shouldBeginARunAnewWhileItIsStillBeingCancelled() {
        // Given
        var run = desk.request(FILE).run();
        desk.cancel(run, "");

        // When
        var again = desk.request(FILE);

        // Then the end of the first request, which comes late, does not touch the second
        assertThat(again.begins()).isTrue();
        log.heard(new RunFinished(run, RunOutcome.CANCELLED, "", 1));
        assertThat(desk.show(run).path("state").asText()).isEqualTo("WAITING");
    }

    @Test
    void shouldBeginARunAnewThatIsBlockedAndRefuseToSteerIt() {
        var run = desk.request(FILE).run();
        log.heard(new RunBlocked(run, 1, "search", "s1", "the disk is full"));
        assertThatThrownBy(() -> desk.pause(run, ""))
                .hasMessage("run %s cannot be paused any more: it is blocked".formatted(run));
        assertThatThrownBy(() -> desk.resume(run)).hasMessageContaining("is not paused");
        assertThat(desk.request(FILE).begins()).isTrue();
    }

    @Test
    void shouldListTheOtherRunsBesideOneThatMakesNoSense() {
        // Given a request that came as an event
        var run = desk.request(FILE).run();
        var request = (RunRequested) log.told().get(0);
        log.heard(RunRequested.newBuilder(request)
                .setRun("r-bad")
                .setEvaluationSeeds(List.of())
                .build());
        log.heard(Told.genotype(JobId.search(Told.dataset("shapes", "1"), request.getSearch(), 0), "g"));

        // Then
        assertThat(desk.list()).extracting(view -> view.path("run").asText()).containsExactly("r-bad", run);
    }

    @Test
    void shouldCancelOnce() {
        var run = desk.request(FILE).run();
        desk.cancel(run, "too dear");
        desk.cancel(run, "too dear");
        assertThat(log.told())
                .filteredOn(RunCancelled.class::isInstance)
                .containsExactly(new RunCancelled(run, "too dear", 1));
    }

    @Test
    void shouldPauseAndResume() {
        var run = desk.request(FILE).run();
        assertThat(desk.pause(run, "night").path("state").asText()).isEqualTo("PAUSED");
        assertThat(desk.resume(run).path("state").asText()).isEqualTo("WAITING");
        assertThat(log.told()).contains(new RunPaused(run, "night", 1), new RunResumed(run, "", 1));
        assertThatThrownBy(() -> desk.resume(run)).hasMessageContaining("is not paused");
    }

    @Test
    void shouldChangeABudgetFieldByField() {
        var run = desk.request(FILE.replaceFirst("\\{", "{\"budget\": {\"deviceSeconds\": 60, \"epochs\": 9},"))
                .run();
        log.heard(new RunBudgetSpent(run, BudgetUnit.DEVICE_SECONDS, 60.0, 61.0, 1));
        assertThatThrownBy(() -> desk.resume(run))
                .hasMessage(
                        "run %s is paused for its budget: it has spent 61 of the 60 device seconds that its budget allows; it goes on once that is raised",
                        run);

        var view = desk.budget(run, "{\"deviceSeconds\": 120}");
        desk.budget(run, "{\"deviceSeconds\": 120}");

        assertThat(view.path("state").asText()).isEqualTo("WAITING");
        assertThat(log.told())
                .filteredOn(RunBudgetChanged.class::isInstance)
                .containsExactly(new RunBudgetChanged(
                        run,
                        RunBudget.newBuilder()
                                .setDeviceSeconds(120)
                                .setEpochs(9)
                                .build(),
                        1));
        assertThatThrownBy(() -> desk.budget(run, "{\"money\": 5}"))
                .hasMessageContaining("set dartboard.price-per-device-hour of search-svc");
        assertThatThrownBy(() -> desk.budget(run, "{\"epochs\": -1}")).hasMessageContaining("budget.epochs must be");
        desk.cancel(run, "");
        log.heard(new RunFinished(run, RunOutcome.CANCELLED, "enough", 1));
        assertThatThrownBy(() -> desk.budget(run, "{\"epochs\": 10}"))
                .hasMessage("run %s costs nothing any more: it is cancelled", run);
    }

    @Test
    void shouldTellAStageToFinishOnce() {
        var run = desk.request(FILE).run();
        var request = (RunRequested) log.told().get(0);
        assertThatThrownBy(() -> desk.finish(run, "", ""))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("of run %s has no epoch behind it, so there are no alphas".formatted(run));
        request.getSearchSeeds()
                .forEach(seed -> log.heard(GenotypeDerived.newBuilder(Told.genotype(
                                JobId.search(Told.dataset("shapes", "1"), request.getSearch(), seed), "g"))
                        .setFinalEpoch(false)
                        .build()));
        assertThatThrownBy(() -> desk.finish(run, "evaluation", ""))
                .hasMessage(
                        "the evaluation of run %s has not begun, so there is nothing to judge; ask again once it has"
                                .formatted(run));
        assertThatThrownBy(() -> desk.finish(run, "dinner", ""))
                .hasMessageStartingWith(
                        "run %s has no stage 'dinner'; it has search, selection, evaluation".formatted(run));

        desk.finish(run, "search", "late");
        var again = desk.finish(run, "search", "late");

        assertThat(log.told())
                .filteredOn(StageFinishRequested.class::isInstance)
                .containsExactly(new StageFinishRequested(run, "search", "late", 1));
        assertThat(again.path("finishing").path(0).asText()).isEqualTo("search");
        log.heard(new RunFinished(run, RunOutcome.FAILED, "", 1));
        assertThatThrownBy(() -> desk.finish(run, "search", ""))
                .hasMessage("run %s finishes nothing any more: it is failed".formatted(run));
    }

    @Test
    void shouldRefuseToSteerARunThatHasEnded() {
        var run = desk.request(FILE).run();
        log.heard(new RunFinished(run, RunOutcome.SUCCEEDED, "", 1));
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
