package io.dartboard.local.show;

import static io.dartboard.pipeline.view.RunStory.IMAGES;
import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.events.BudgetUnit;
import io.dartboard.events.JobProgressed;
import io.dartboard.events.RunBlocked;
import io.dartboard.events.RunBudget;
import io.dartboard.events.RunBudgetChanged;
import io.dartboard.events.RunBudgetSpent;
import io.dartboard.events.RunCancelled;
import io.dartboard.events.RunFinished;
import io.dartboard.events.RunOutcome;
import io.dartboard.events.RunPaused;
import io.dartboard.events.RunResumed;
import io.dartboard.events.StageFinishRequested;
import io.dartboard.local.home.Instance;
import io.dartboard.local.home.Member;
import io.dartboard.local.launch.ProcessStanding;
import io.dartboard.local.launch.ProcessStanding.Life;
import io.dartboard.local.show.Situation.Name;
import io.dartboard.pipeline.view.RunBoard;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SituationTest {
    private static final Instant START = Instant.parse("2026-01-01T10:00:00Z");

    private final RunBoard board = new RunBoard();
    private final List<ProcessStanding> processes = new ArrayList<>(Arrays.stream(Member.values())
            .map(member -> new ProcessStanding(Instance.first(member), Life.UP, START))
            .toList());

    @BeforeEach
    void askForARun() {
        tell(START, IMAGES.dataset("shapes", "v1"), IMAGES.request("r1"));
    }

    @Test
    void shouldRunWhileAJobComesFurther() {
        tell(START, word(0.5));

        assertThat(at(START.plusSeconds(20)).name()).isEqualTo(Name.RUNNING);
        assertThat(at(START.plusSeconds(20)).line(START.plusSeconds(20))).isEqualTo("RUNNING");
    }

    @Test
    void shouldFinishOnceAStageIsToldTo() {
        tell(START, word(0.5), new StageFinishRequested("r1", "search", "", 1));

        assertThat(at(START.plusSeconds(20)).name()).isEqualTo(Name.FINISHING);
    }

    @Test
    void shouldWaitUntilAWorkerTakesAJob() {
        var waiting = at(START.plusSeconds(70));

        assertThat(waiting.name()).isEqualTo(Name.WAITING);
        assertThat(waiting.line(START.plusSeconds(70)))
                .startsWith("WAITING for 1 min 10 s, since ")
                .endsWith(": no worker has taken a search job yet");
    }

    @Test
    void shouldWaitForADeviceWhileOthersHaveThem() {
        var view = board.run("r1").orElseThrow();

        assertThat(Situation.of(view, processes, () -> 2, START).why())
                .isEqualTo("for a device: workers are at 2 jobs of other runs");
    }

    @Test
    void shouldSayWhatAWorkerWaitsFor() {
        var waits = JobProgressed.newBuilder(word(0.5))
                .setPhase("wait")
                .setMessage("the store is away")
                .build();
        tell(START, waits);
        tell(START.plusSeconds(230), waits);

        assertThat(at(START.plusSeconds(240)).name()).isEqualTo(Name.WAITING);
        assertThat(at(START.plusSeconds(240)).why()).contains("has its worker, which waits: the store is away");
    }

    @Test
    void shouldStallOnceAJobComesNoFurtherThoughItsWorkerLives() {
        tell(START, word(0.5));
        tell(START.plusSeconds(230), word(0.5));

        var stalled = at(START.plusSeconds(240));

        assertThat(stalled.name()).isEqualTo(Name.STALLED);
        assertThat(stalled.since()).isEqualTo(START);
        assertThat(stalled.why()).contains(IMAGES.search(0), "comes no further", "search-svc");
    }

    @Test
    void shouldMissAWorkerThatTellsNothingAnyMore() {
        tell(START, word(0.5));

        var silent = at(START.plusSeconds(240));

        assertThat(silent.name()).isEqualTo(Name.SILENT);
        assertThat(silent.since()).isEqualTo(START);
        assertThat(silent.why()).contains("tells nothing of search job " + IMAGES.search(0));
    }

    @Test
    void shouldNameAServiceThatDiedThoughItsLastWordIsFresh() {
        tell(START, word(0.5));
        stands(Member.SEARCH, Life.DIED, START.plusSeconds(5));

        var down = at(START.plusSeconds(10));

        assertThat(down.name()).isEqualTo(Name.SERVICE_DOWN);
        assertThat(down.line(START.plusSeconds(10)))
                .startsWith("SERVICE DOWN for 5.0 s, since ")
                .endsWith("search-svc has ended on its own; start it again with: infra/run restart search-svc");
    }

    @Test
    void shouldGoOnWithAnotherProcessOfTheService() {
        tell(START, word(0.5));
        stands(Member.SEARCH, Life.DIED, START.plusSeconds(5));
        processes.add(new ProcessStanding(new Instance(Member.SEARCH, 2), Life.UP, START));

        assertThat(at(START.plusSeconds(10)).name()).isEqualTo(Name.RUNNING);
    }

    @Test
    void shouldNotMindAServiceThatIsNotNeededYet() {
        tell(START, word(0.5));
        stands(Member.TRANSFER, Life.DIED, START);

        assertThat(at(START.plusSeconds(10)).name()).isEqualTo(Name.RUNNING);
    }

    @Test
    void shouldNotMistakeAnOrderlyEndForADeath() {
        tell(START, word(0.5));
        Arrays.stream(Member.values()).forEach(member -> stands(member, Life.STOPPED, START.plusSeconds(5)));

        var stopped = at(START.plusSeconds(10));

        assertThat(stopped.name()).isEqualTo(Name.STOPPED);
        assertThat(stopped.why()).isEqualTo("Kafka and S3 told to end; go on with: infra/run up");
    }

    @Test
    void shouldBePausedForItsReasonUntilItIsResumed() {
        tell(START, word(0.5));
        tell(START.plusSeconds(1), new RunPaused("r1", "for the night", 1));

        var paused = at(START.plusSeconds(61));
        assertThat(paused.name()).isEqualTo(Name.PAUSED);
        assertThat(paused.line(START.plusSeconds(61)))
                .startsWith("PAUSED for 1 min 00 s, since ")
                .endsWith(": for the night; go on with: infra/run resume r1");

        tell(START.plusSeconds(62), new RunResumed("r1", "", 1), word(0.6));
        assertThat(at(START.plusSeconds(63)).name()).isEqualTo(Name.RUNNING);
    }

    @Test
    void shouldSayHowARunGoesOnThatHasSpentItsBudget() {
        tell(
                START,
                new RunBudgetChanged("r1", RunBudget.newBuilder().setEpochs(9).build(), 1),
                new RunBudgetSpent("r1", BudgetUnit.EPOCHS, 9.0, 9.0, 1));

        assertThat(at(START.plusSeconds(60)).why())
                .isEqualTo(
                        "it has spent 9 of the 9 epochs that its budget allows; it goes on once that is raised; go on with:"
                                + " infra/run budget r1 --total-epochs N");
    }

    @Test
    void shouldBeBlockedCancelledAndOver() {
        tell(
                START.plusSeconds(1),
                RunBlocked.newBuilder()
                        .setRun("r1")
                        .setStage("search")
                        .setJob("s")
                        .setReason("out of memory")
                        .setRequestEpoch(1)
                        .build());
        assertThat(at(START.plusSeconds(2)))
                .isEqualTo(new Situation(Name.BLOCKED, "out of memory", START.plusSeconds(1)));

        tell(START.plusSeconds(3), new RunCancelled("r1", "enough", 1));
        assertThat(at(START.plusSeconds(4))).isEqualTo(new Situation(Name.CANCELLING, "enough", START.plusSeconds(3)));

        tell(START.plusSeconds(5), new RunFinished("r1", RunOutcome.CANCELLED, "enough", 1));
        assertThat(at(START.plusSeconds(6)).name()).isEqualTo(Name.ENDED);
    }

    private Situation at(Instant now) {
        return Situation.of(board.run("r1").orElseThrow(), processes, () -> 0, now);
    }

    private static JobProgressed word(double fraction) {
        return IMAGES.progressed(IMAGES.search(0), "r1", "search", 1, fraction);
    }

    private void stands(Member member, Life life, Instant since) {
        processes.removeIf(process -> process.instance().member() == member);
        processes.add(new ProcessStanding(Instance.first(member), life, since));
    }

    private void tell(Instant time, SpecificRecord... events) {
        for (var event : events) {
            board.apply(event, time);
        }
    }
}
