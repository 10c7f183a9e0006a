package io.dartboard.pipeline.run;

import static io.dartboard.pipeline.view.RunStory.IMAGES;
import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.events.BudgetUnit;
import io.dartboard.events.RunBlocked;
import io.dartboard.events.RunBudget;
import io.dartboard.events.RunBudgetChanged;
import io.dartboard.events.RunBudgetSpent;
import io.dartboard.events.RunCancelled;
import io.dartboard.events.RunFinished;
import io.dartboard.events.RunOutcome;
import io.dartboard.events.RunPaused;
import io.dartboard.events.RunPhase;
import io.dartboard.events.RunPriority;
import io.dartboard.events.RunRequested;
import io.dartboard.events.RunResumed;
import io.dartboard.events.StageFinishRequested;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunLifeTest {
    private static final Instant START = Instant.parse("2026-01-01T10:00:00Z");

    /** An event and when it was told. */
    private record Word(SpecificRecord event, Instant told) {}

    @Test
    void shouldBeUnknownUntilItIsAskedFor() {
        assertThat(after(cancelled(0), paused(1), finished(1, RunOutcome.FAILED)))
                .isEmpty();
        var life = after(requested(0)).orElseThrow();
        assertThat(life.phase()).isEqualTo(RunPhase.LIVE);
        assertThat(life.epoch()).isEqualTo(1);
        assertThat(life.request().getRequestEpoch()).isEqualTo(1);
        assertThat(life.requestedAt()).isEqualTo(life.since()).isEqualTo(START.plusSeconds(1));
    }

    @Test
    void shouldGoFromPhaseToPhase() {
        assertThat(phase(requested(1), paused(1))).isEqualTo(RunPhase.PAUSED);
        assertThat(phase(requested(1), paused(1), resumed(1))).isEqualTo(RunPhase.LIVE);
        assertThat(phase(requested(1), resumed(1))).isEqualTo(RunPhase.LIVE);
        assertThat(phase(requested(1), blocked(1))).isEqualTo(RunPhase.BLOCKED);
        assertThat(phase(requested(1), paused(1), blocked(1))).isEqualTo(RunPhase.BLOCKED);
        assertThat(phase(requested(1), blocked(1), paused(1), resumed(1))).isEqualTo(RunPhase.BLOCKED);
        assertThat(phase(requested(1), cancelled(1))).isEqualTo(RunPhase.CANCELLING);
        assertThat(phase(requested(1), paused(1), cancelled(1))).isEqualTo(RunPhase.CANCELLING);
        assertThat(phase(requested(1), blocked(1), cancelled(1))).isEqualTo(RunPhase.CANCELLING);
        assertThat(phase(requested(1), cancelled(1), blocked(1))).isEqualTo(RunPhase.CANCELLING);
        assertThat(phase(requested(1), finished(1, RunOutcome.SUCCEEDED))).isEqualTo(RunPhase.SUCCEEDED);
        assertThat(phase(requested(1), paused(1), finished(1, RunOutcome.FAILED)))
                .isEqualTo(RunPhase.FAILED);
        assertThat(phase(requested(1), finished(1, RunOutcome.UNKNOWN))).isEqualTo(RunPhase.FAILED);
        assertThat(phase(requested(1), finished(1, RunOutcome.CANCELLED))).isEqualTo(RunPhase.CANCELLED);
    }

    @Test
    void shouldKeepTheFirstWordOnAnEpochsEnd() {
        var life = after(requested(1), finished(1, RunOutcome.SUCCEEDED), finished(1, RunOutcome.FAILED), cancelled(0));
        assertThat(life.orElseThrow().phase()).isEqualTo(RunPhase.SUCCEEDED);
    }

    @Test
    void shouldSayWhyAndSinceWhen() {
        var life = after(requested(1), new RunPaused("r1", "night", 1)).orElseThrow();
        assertThat(life.reason()).isEqualTo("night");
        assertThat(life.since()).isEqualTo(START.plusSeconds(2));
        assertThat(life.requestedAt()).isEqualTo(START.plusSeconds(1));
    }

    @ParameterizedTest
    @EnumSource(
            value = RunPhase.class,
            names = {"BLOCKED", "CANCELLING", "FAILED", "CANCELLED"})
    void shouldBeginAgainInTheNextEpochWhereItHasNotSucceeded(RunPhase phase) {
        var life = after(requested(1), end(phase), requested(2)).orElseThrow();
        assertThat(life.phase()).isEqualTo(RunPhase.LIVE);
        assertThat(life.epoch()).isEqualTo(2);
        assertThat(life.reason()).isEmpty();
        assertThat(life.requestedAt()).isEqualTo(START.plusSeconds(3));
    }

    @Test
    void shouldBeginNothingAgainThatGoesOnOrHasSucceeded() {
        assertThat(after(requested(1), requested(2)).orElseThrow().epoch()).isEqualTo(1);
        assertThat(phase(requested(1), paused(1), requested(2))).isEqualTo(RunPhase.PAUSED);
        assertThat(phase(requested(1), finished(1, RunOutcome.SUCCEEDED), requested(2), requested(0)))
                .isEqualTo(RunPhase.SUCCEEDED);
    }

    @Test
    void shouldPayNoHeedToWordsOnAnotherEpoch() {
        var second = after(requested(1), cancelled(1), requested(2));
        for (var late : List.of(
                cancelled(1), paused(1), blocked(1), finished(1, RunOutcome.CANCELLED), cancelled(3), requested(1))) {
            assertThat(RunLife.after(second, late, START.plusSeconds(9)))
                    .as("%s", late)
                    .isEqualTo(second);
        }
    }

    @Test
    void shouldTellARequestThatDoesNotCountFromOneThatIsReplayed() {
        var cancelled = after(requested(0), cancelled(0), finished(1, RunOutcome.CANCELLED));
        var replayed = RunLife.after(cancelled, requested(0), START.plusSeconds(1));
        assertThat(replayed).isEqualTo(cancelled);
        var anew = RunLife.after(cancelled, requested(0), START.plusSeconds(60)).orElseThrow();
        assertThat(anew.phase()).isEqualTo(RunPhase.LIVE);
        assertThat(anew.epoch()).isEqualTo(2);
    }

    @Test
    void shouldPassOverTheUncountedLateEndOfAnEarlierCancellation() {
        assertThat(phase(requested(1), cancelled(1), requested(2), finished(0, RunOutcome.CANCELLED)))
                .isEqualTo(RunPhase.LIVE);
        assertThat(phase(requested(1), cancelled(1), finished(0, RunOutcome.CANCELLED)))
                .isEqualTo(RunPhase.CANCELLED);
    }

    @Test
    void shouldStandForWhoeverTellsThatItIsBlockedAsForAllOthersOnceThatIsRead() {
        // Given what comes between our word and the place at which it comes to stand
        var between = List.of(
                List.of(),
                List.of(paused(1)),
                List.of(paused(1), resumed(1)),
                List.of(cancelled(1)),
                List.of(requested(2)),
                List.of(requested(0)),
                List.of(blocked(1)),
                List.of(cancelled(1), requested(2)),
                List.of(finished(1, RunOutcome.SUCCEEDED)));
        var live = after(requested(1));
        for (var story : between) {
            var others = live;
            var ours = live.map(life -> life.blocked("the disk is full"));
            var now = START.plusSeconds(1);
            for (var event : story) {
                now = now.plusSeconds(1);
                others = RunLife.after(others, (SpecificRecord) event, now);
                ours = RunLife.after(ours, (SpecificRecord) event, now);
            }
            var word = new RunBlocked("r1", 1, "search", "", "the disk is full");
            assertThat(RunLife.after(ours, word, now.plusSeconds(1)))
                    .as("after %s", story)
                    .isEqualTo(RunLife.after(others, word, now.plusSeconds(1)));
        }
    }

    @Test
    void shouldRememberTheStagesThatShallFinishInThisEpochAlone() {
        var life = after(requested(1), finish("search", 1), paused(1), finish("evaluation", 0), finish("search", 1))
                .orElseThrow();
        assertThat(life.phase()).isEqualTo(RunPhase.PAUSED);
        assertThat(life.finishing()).containsExactly("evaluation", "search");
        assertThat(life.finishes("search")).isTrue();
        assertThat(life.finishes("selection")).isFalse();
        assertThat(RunLife.after(Optional.of(life), finish("search", 1), START.plusSeconds(60)))
                .containsSame(life);

        for (var nothing : List.of(finish("search", 2), finish("dinner", 1), finish("", 1))) {
            assertThat(after(requested(1), nothing).orElseThrow().finishing()).isEmpty();
        }
        assertThat(after(requested(1), cancelled(1), finish("search", 1))
                        .orElseThrow()
                        .finishing())
                .isEmpty();
        assertThat(after(requested(1), finish("search", 1), cancelled(1), requested(2))
                        .orElseThrow()
                        .finishing())
                .as("in the next epoch")
                .isEmpty();
    }

    @Test
    void shouldBeKeptByAPlannerAsItIs() {
        var life = after(requested(1), cancelled(1), requested(2), finish("transfer", 2), paused(2))
                .orElseThrow();
        assertThat(RunLife.of(IMAGES.request("r1"), life.standing())).isEqualTo(life);
    }

    @Test
    void shouldNotChangeByAnythingThatIsToldTwice() {
        for (var seed = 0; seed < 2_000; seed++) {
            var random = new SplittableRandom(seed);
            var told = new ArrayList<Word>();
            for (var i = 1; i <= random.nextInt(1, 12); i++) {
                told.add(new Word(any(random), START.plusSeconds(i)));
            }
            var once = Optional.<RunLife>empty();
            var twice = Optional.<RunLife>empty();
            for (var word : told) {
                once = hear(once, word);
                twice = hear(hear(twice, word), word);
                assertThat(twice).as("seed %d, %s", seed, told).isEqualTo(once);
            }
            // Where it is over, a replay of all that led there changes nothing either.
            if (once.filter(RunLife::hasEnded).isPresent() && told.stream().noneMatch(RunLifeTest::isUncounted)) {
                var again = once;
                for (var word : told) {
                    again = hear(again, word);
                }
                assertThat(again).as("seed %d, %s", seed, told).isEqualTo(once);
            }
        }
    }

    private static boolean isUncounted(Word word) {
        var epoch = word.event().getSchema().getField("requestEpoch");
        return Integer.valueOf(0).equals(word.event().get(epoch.pos()));
    }

    private static Optional<RunLife> hear(Optional<RunLife> life, Word word) {
        return RunLife.after(life, word.event(), word.told());
    }

    private static SpecificRecord any(SplittableRandom random) {
        var epoch = random.nextInt(4);
        return switch (random.nextInt(7)) {
            case 0 -> requested(epoch);
            case 1 -> paused(epoch);
            case 2 -> resumed(epoch);
            case 3 -> cancelled(epoch);
            case 4 -> blocked(epoch);
            case 5 -> finish(RunLife.STAGES.get(random.nextInt(RunLife.STAGES.size())), epoch);
            default -> finished(epoch, RunOutcome.values()[random.nextInt(RunOutcome.values().length)]);
        };
    }

    private static Optional<RunLife> after(SpecificRecord... events) {
        var life = Optional.<RunLife>empty();
        var told = START;
        for (var event : events) {
            told = told.plusSeconds(1);
            life = RunLife.after(life, event, told);
        }
        return life;
    }

    @Test
    void shouldPauseForASpentBudgetAndGoOnWithALargerOne() {
        var life = after(requested(1), budget(100), spent(100, 101)).orElseThrow();
        assertThat(life.phase()).isEqualTo(RunPhase.PAUSED);
        assertThat(life.reason())
                .isEqualTo(
                        "it has spent 101 of the 100 device seconds that its budget allows; it goes on once that is raised");

        var raised =
                after(requested(1), budget(100), spent(100, 101), budget(101)).orElseThrow();
        assertThat(raised.phase()).isEqualTo(RunPhase.PAUSED);
        assertThat(raised.reason()).startsWith("it has spent 101 of the 101 device seconds");

        var enough =
                after(requested(1), budget(100), spent(100, 101), budget(102)).orElseThrow();
        assertThat(enough.phase()).isEqualTo(RunPhase.LIVE);
        assertThat(enough.reason()).isEmpty();
        assertThat(enough.spent()).isEmpty();
        assertThat(phase(requested(1), budget(100), spent(100, 101), new RunBudgetChanged("r1", Budgets.NONE, 0)))
                .isEqualTo(RunPhase.LIVE);
    }

    @Test
    void shouldNotPauseForABudgetThatItHasNoMore() {
        assertThat(phase(requested(1), budget(100), budget(200), spent(100, 101)))
                .isEqualTo(RunPhase.LIVE);
        assertThat(phase(requested(1), spent(100, 101))).isEqualTo(RunPhase.LIVE);
        assertThat(phase(requested(1), budget(-1), spent(-1, 101))).isEqualTo(RunPhase.LIVE);
    }

    @Test
    void shouldNotResumeForItsBudgetWhatSomebodyHasPaused() {
        assertThat(phase(requested(1), budget(100), paused(1), spent(100, 101), budget(200)))
                .isEqualTo(RunPhase.PAUSED);
        assertThat(phase(requested(1), budget(100), spent(100, 101), resumed(1), paused(1), budget(200)))
                .isEqualTo(RunPhase.PAUSED);
    }

    @Test
    void shouldCountTheTimeInWhichItIsLive() {
        // Told a second apart: live from 1 to 2, and again from 3.
        var life = after(requested(1), paused(1), resumed(1)).orElseThrow();
        assertThat(life.liveBy(START.plusSeconds(15))).isEqualTo(Duration.ofSeconds(13));
        var anew = after(requested(1), paused(1), resumed(1), cancelled(1), requested(2))
                .orElseThrow();
        assertThat(anew.liveBy(START.plusSeconds(15))).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void shouldBeginAgainWithTheBudgetAndPriorityOfTheNewRequest() {
        var anew = RunRequested.newBuilder(requested(2))
                .setBudget(RunBudget.newBuilder().setEpochs(9).build())
                .setPriority(RunPriority.HIGH)
                .build();
        var life = after(requested(1), budget(100), cancelled(1), anew).orElseThrow();
        assertThat(life.budget()).isEqualTo(anew.getBudget());
        assertThat(life.request().getPriority()).isEqualTo(RunPriority.HIGH);
    }

    @Test
    void shouldBeTheSameAfterItWasKept() {
        var life = after(requested(1), paused(1), resumed(1), budget(100), spent(100, 101))
                .orElseThrow();
        assertThat(RunLife.of(life.request(), life.standing())).isEqualTo(life);
    }

    private static RunBudgetChanged budget(double deviceSeconds) {
        return new RunBudgetChanged(
                "r1", RunBudget.newBuilder().setDeviceSeconds(deviceSeconds).build(), 0);
    }

    private static RunBudgetSpent spent(double budget, double spent) {
        return new RunBudgetSpent("r1", BudgetUnit.DEVICE_SECONDS, budget, spent, 0);
    }

    private static RunPhase phase(SpecificRecord... events) {
        return after(events).orElseThrow().phase();
    }

    private static SpecificRecord end(RunPhase phase) {
        return switch (phase) {
            case BLOCKED -> blocked(1);
            case CANCELLING -> cancelled(1);
            case FAILED -> finished(1, RunOutcome.FAILED);
            default -> finished(1, RunOutcome.CANCELLED);
        };
    }

    private static RunRequested requested(int epoch) {
        return RunRequested.newBuilder(IMAGES.request("r1"))
                .setRequestEpoch(epoch)
                .build();
    }

    private static StageFinishRequested finish(String stage, int epoch) {
        return new StageFinishRequested("r1", stage, "", epoch);
    }

    private static RunPaused paused(int epoch) {
        return new RunPaused("r1", "", epoch);
    }

    private static RunResumed resumed(int epoch) {
        return new RunResumed("r1", "", epoch);
    }

    private static RunCancelled cancelled(int epoch) {
        return new RunCancelled("r1", "", epoch);
    }

    private static RunBlocked blocked(int epoch) {
        return new RunBlocked("r1", epoch, "search", "", "it cannot go on");
    }

    private static RunFinished finished(int epoch, RunOutcome outcome) {
        return new RunFinished("r1", outcome, "", epoch);
    }
}
