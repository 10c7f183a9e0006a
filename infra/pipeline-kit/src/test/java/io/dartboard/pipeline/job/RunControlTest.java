package io.dartboard.pipeline.job;

import static io.dartboard.pipeline.view.RunStory.IMAGES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.dartboard.events.EvaluationJob;
import io.dartboard.events.Origin;
import io.dartboard.events.RunBlocked;
import io.dartboard.events.RunCancelled;
import io.dartboard.events.RunFinished;
import io.dartboard.events.RunOutcome;
import io.dartboard.events.RunPaused;
import io.dartboard.events.RunPriority;
import io.dartboard.events.RunRequested;
import io.dartboard.events.RunResumed;
import io.dartboard.events.SearchJob;
import io.dartboard.events.SearchSteered;
import io.dartboard.events.Stage;
import io.dartboard.events.StageFinishRequested;
import io.dartboard.events.SteeringAction;
import io.dartboard.pipeline.config.KafkaSettings;
import io.dartboard.pipeline.event.Event;
import io.dartboard.pipeline.event.SchemaBook;
import io.dartboard.pipeline.run.RunLife;
import io.dartboard.pipeline.testkit.Samples;
import io.dartboard.schemas.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunControlTest {
    private static final JobIdentity JOB = new JobIdentity("s1", "r1", 1, "search", "searches/s1");

    private final RunControl control = new RunControl(KafkaSettings.at("localhost:1"), "test-svc", SchemaBook.AS_IT_IS);
    private Instant now = Instant.EPOCH;

    @AfterEach
    void close() {
        control.close();
    }

    @Test
    void shouldSayWhetherTheJobsOfARunGoOn() {
        hear(IMAGES.request("r1"));
        assertThat(control.signal(JOB)).isEqualTo(Signal.NONE);
        assertThat(control.cause(JOB)).isEmpty();
        hear(new RunPaused("r1", "night", 1));
        assertThat(control.signal(JOB)).isEqualTo(Signal.PAUSE);
        assertThat(control.cause(JOB)).isEqualTo("run r1 is paused: night");
        hear(new RunResumed("r1", "", 1));
        assertThat(control.signal(JOB)).isEqualTo(Signal.NONE);
        hear(new RunCancelled("r1", "too dear", 1));
        assertThat(control.signal(JOB)).isEqualTo(Signal.CANCEL);
        assertThat(control.cause(JOB)).isEqualTo("run r1 is cancelled: too dear");
    }

    @Test
    void shouldStopASearchThatIsSteeredToEndAndNoOther() {
        var told = SearchSteered.newBuilder()
                .setSearch("s1")
                .setRun("r1")
                .setAction(SteeringAction.CONTINUE)
                .setReasons(List.of("2 skip connections"))
                .build();
        hear(IMAGES.request("r1"), told);
        assertThat(control.signal(JOB)).isEqualTo(Signal.NONE);

        hear(SearchSteered.newBuilder(told)
                .setAction(SteeringAction.ROLL_BACK)
                .setEpoch(7)
                .setReasons(List.of("3 skip connections"))
                .build());

        assertThat(control.signal(JOB)).isEqualTo(Signal.CANCEL);
        assertThat(control.cause(JOB)).isEqualTo("the search goes back to epoch 7: 3 skip connections");
        assertThat(control.signal(new JobIdentity("s2", "r1", 1, "search", "searches/s2")))
                .isEqualTo(Signal.NONE);
    }

    @Test
    void shouldPutDownWhatARunHasGivenUpUnlessAnotherWantsIt() {
        var job = new JobIdentity("e1", "r1", 1, "selection", "evaluations/e1");
        hear(IMAGES.request("r1"), IMAGES.request("r2"), IMAGES.stopped("r1", "e1"));
        assertThat(control.signal(job)).as("with a checkpoint").isEqualTo(Signal.PAUSE);
        assertThat(control.cause(job)).isEqualTo("in run r1 it can no longer be the best, which job e0 leads");
        assertThat(control.signal(new JobIdentity("e2", "r1", 1, "selection", "evaluations/e2")))
                .isEqualTo(Signal.NONE);

        control.hear(new Event<>(
                Topics.EVAL_JOBS,
                "e1",
                new EvaluationJob(
                        "e1",
                        "r2",
                        IMAGES.dataset(),
                        Stage.SELECTION,
                        Origin.SEARCHED,
                        "",
                        IMAGES.cell(),
                        IMAGES.request("r2").getSelection(),
                        0L,
                        1),
                0,
                now,
                Optional.empty()));
        assertThat(control.signal(job)).as("another run wants it in full").isEqualTo(Signal.NONE);

        hear(new RunPaused("r2", "", 0), new RunCancelled("r1", "", 0));
        assertThat(control.signal(job)).isEqualTo(Signal.PAUSE);
        hear(new RunCancelled("r2", "", 0));
        assertThat(control.signal(job)).isEqualTo(Signal.CANCEL);
    }

    @Test
    void shouldStopTheJobsOfARunThatCannotGoOnBeforeItsEndIsTold() {
        hear(IMAGES.request("r1"), new RunBlocked("r1", 1, "search", "s2", "the disk is full"));
        assertThat(control.signal(JOB)).isEqualTo(Signal.CANCEL);
        assertThat(control.cause(JOB)).isEqualTo("run r1 is over: the disk is full");
    }

    @Test
    void shouldLetTheJobsOfARunGoOnThatBeginsAgain() {
        hear(IMAGES.request("r1"), new RunFinished("r1", RunOutcome.FAILED, "disk full", 1));
        assertThat(control.signal(JOB)).isEqualTo(Signal.CANCEL);
        hear(new RunPaused("r1", "", 0), new RunResumed("r1", "", 0));
        assertThat(control.signal(JOB)).isEqualTo(Signal.CANCEL);
        hear(inEpoch(2));
        assertThat(control.signal(JOB)).isEqualTo(Signal.NONE);
    }

    @Test
    void shouldNotEndARunByTheLateEndOfItsCancellation() {
        hear(IMAGES.request("r1"), new RunCancelled("r1", "", 1), inEpoch(2));
        hear(new RunFinished("r1", RunOutcome.CANCELLED, "", 1));
        assertThat(control.signal(JOB)).isEqualTo(Signal.NONE);
    }

    @Test
    void shouldFinishAJobOnceAllLiveRunsThatWantItWantItsStageToFinish() {
        hear(IMAGES.request("r1"), IMAGES.request("r2"));
        control.hear(new Event<>(Topics.SEARCH_JOBS, "s1", Samples.job("s1", "r2"), 0, now, Optional.empty()));
        hear(new StageFinishRequested("r1", "selection", "", 0));
        assertThat(control.signal(JOB)).as("another stage").isEqualTo(Signal.NONE);
        hear(new StageFinishRequested("r1", "search", "", 0));
        assertThat(control.signal(JOB)).as("another run wants it in full").isEqualTo(Signal.NONE);

        hear(new RunPaused("r2", "", 0));
        assertThat(control.signal(JOB)).isEqualTo(Signal.FINISH);
        assertThat(control.cause(JOB)).isEqualTo("run r1 finishes its search now");
        assertThat(Signal.FINISH.stops()).isFalse();

        hear(new RunPaused("r1", "", 0));
        assertThat(control.signal(JOB)).isEqualTo(Signal.PAUSE);
        hear(new RunResumed("r1", "", 0));
        assertThat(control.signal(JOB)).as("it is not forgotten").isEqualTo(Signal.FINISH);
    }

    @Test
    void shouldHoldAPausedRunThoughItIsAskedForOnceMore() {
        hear(IMAGES.request("r1"), new RunPaused("r1", "", 0), IMAGES.request("r1"));
        assertThat(control.signal(JOB)).isEqualTo(Signal.PAUSE);
    }

    @Test
    void shouldKeepASharedJobGoingWhileAnyOfItsRunsIsLive() {
        // Given
        hear(IMAGES.request("r1"), IMAGES.request("r2"), asks("r1"), asks("r2"));

        // When the run goes that the worker began it for
        hear(new RunCancelled("r1", "too dear", 1));
        assertThat(control.signal(JOB)).isEqualTo(Signal.NONE);

        // Then only the last one stops it, and a pause is milder than an end
        hear(new RunPaused("r2", "night", 1));
        assertThat(control.signal(JOB)).isEqualTo(Signal.PAUSE);
        hear(new RunCancelled("r2", "", 1));
        assertThat(control.signal(JOB)).isEqualTo(Signal.CANCEL);
    }

    @Test
    void shouldStopNothingOnBehalfOfARunThatNeverAskedForTheJob() {
        hear(IMAGES.request("r1"), IMAGES.request("r2"), asks("r1"), new RunCancelled("r1", "", 1));
        assertThat(control.signal(JOB)).isEqualTo(Signal.CANCEL);
    }

    @Test
    void shouldLetAJobGoOnWhoseRunIsNotKnown() {
        assertThat(control.signal(JOB)).isEqualTo(Signal.NONE);
    }

    @Test
    void shouldStandWhereTheOneStateMachineStands() {
        var words = new SpecificRecord[] {
            IMAGES.request("r1"), new RunPaused("r1", "", 1), new RunCancelled("r1", "x", 0), inEpoch(2), inEpoch(2)
        };
        var life = Optional.<RunLife>empty();
        for (var word : words) {
            hear(word);
            life = RunLife.after(life, word, now);
            assertThat(control.signal(JOB).stops())
                    .isEqualTo(!life.orElseThrow().isLive());
        }
    }

    @Test
    void shouldKnowWhatIsAskedForAndWantedUntilSomebodyTakesItUp() {
        hear(IMAGES.request("r1"), IMAGES.request("r2"), new RunCancelled("r2", "", 1));
        ask("s1", "r1", 7);
        ask("s2", "r2", 8);
        ask("s1", "r1", 9);
        var later = now.plusSeconds(1);

        assertThat(control.wanted("nas.search.jobs", now)).isEmpty();
        assertThat(control.wanted("nas.eval.jobs", later)).isEmpty();
        var wanted = control.wanted("nas.search.jobs", later);

        assertThat(wanted)
                .extracting(RunControl.Ask::job, RunControl.Ask::offset)
                .containsExactly(tuple("s1", 9L));
        assertThat(control.takeUp(wanted.get(0))).isTrue();
        assertThat(control.takeUp(wanted.get(0))).isFalse();
        assertThat(control.wanted("nas.search.jobs", later)).isEmpty();
    }

    @Test
    void shouldPutTheUrgentBeforeOthersAndTheUsualBeforeWhatIsNot() {
        hear(
                urgent("r1", RunPriority.LOW),
                urgent("r2", RunPriority.HIGH),
                IMAGES.request("r3"),
                urgent("r4", RunPriority.HIGH),
                new RunPaused("r4", "", 1));
        ask("s1", "r1", 1);
        ask("s3", "r3", 2);
        ask("s2", "r2", 3);
        ask("s4", "r4", 4);
        ask("s5", "r2", 5);
        ask("s6", "unknown", 6);
        ask("s7", "r1", 7);

        var urgent = control.urgent("nas.search.jobs");

        assertThat(urgent).extracting(RunControl.Ask::job).containsExactly("s2", "s5", "s3", "s6");
        assertThat(control.urgent("nas.eval.jobs")).isEmpty();
        // Nothing overtakes its like.
        control.takeUp(urgent.get(0));
        control.takeUp(urgent.get(1));
        hear(new RunCancelled("r1", "", 1));
        assertThat(control.urgent("nas.search.jobs")).isEmpty();
    }

    @Test
    void shouldTakeASharedJobForAsUrgentAsTheMostUrgentOfItsLiveRuns() {
        hear(urgent("r1", RunPriority.LOW), urgent("r2", RunPriority.HIGH), urgent("r3", RunPriority.LOW));
        ask("s1", "r3", 1);
        ask("s2", "r2", 2);
        ask("s2", "r1", 3);
        assertThat(control.urgent("nas.search.jobs"))
                .extracting(RunControl.Ask::job)
                .containsExactly("s2");

        hear(new RunPaused("r2", "", 1));
        assertThat(control.urgent("nas.search.jobs")).isEmpty();
    }

    private static RunRequested urgent(String run, RunPriority priority) {
        return RunRequested.newBuilder(IMAGES.request(run))
                .setPriority(priority)
                .build();
    }

    private void ask(String job, String run, long offset) {
        now = now.plusSeconds(1);
        control.hear(new Event<>(Topics.SEARCH_JOBS, job, Samples.job(job, run), offset, now, Optional.empty()));
    }

    private static RunRequested inEpoch(int epoch) {
        return RunRequested.newBuilder(IMAGES.request("r1"))
                .setRequestEpoch(epoch)
                .build();
    }

    private static SearchJob asks(String run) {
        return Samples.job("s1", run);
    }

    private void hear(SpecificRecord... facts) {
        for (var fact : facts) {
            now = now.plusSeconds(1);
            control.hear(new Event<>(Topics.RUNS, "key", fact, 0, now, Optional.empty()));
        }
    }
}
