package io.dartboard.search.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.events.BudgetUnit;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.JobProgressed;
import io.dartboard.events.RunBlocked;
import io.dartboard.events.RunBudget;
import io.dartboard.events.RunBudgetChanged;
import io.dartboard.events.RunBudgetSpent;
import io.dartboard.events.RunCancelled;
import io.dartboard.events.RunPaused;
import io.dartboard.events.RunRequested;
import io.dartboard.events.RunResumed;
import io.dartboard.events.SearchJob;
import io.dartboard.pipeline.identity.JobId;
import io.dartboard.pipeline.run.Budgets;
import io.dartboard.pipeline.testkit.PlannerBench;
import io.dartboard.pipeline.view.RunStory;
import io.dartboard.schemas.Topics;
import io.dartboard.search.request.DevicePrice;
import io.dartboard.search.work.Told;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BudgetWatchTest {
    private static final DatasetPublished SHAPES = Told.dataset("shapes", "1");
    private static final String SEED_0 = JobId.search(SHAPES, Told.SEARCH, 0);
    private static final String SEED_1 = JobId.search(SHAPES, Told.SEARCH, 1);

    @TempDir
    Path state;

    @TempDir
    Path other;

    private List<BudgetStanding> seen = List.of();
    private PlannerBench bench;

    @BeforeEach
    void setUp() {
        bench = bench(state);
    }

    @AfterEach
    void tearDown() {
        bench.close();
    }

    @Test
    void shouldTellOnceThatDeviceSecondsAreSpent() {
        tell(SHAPES, request("r1", deviceSeconds(100), 0L, 1L), progressed(SEED_0, "r1", 60, 0.1));
        assertThat(spent()).isEmpty();

        tell(progressed(SEED_1, "r1", 40, 0.1), progressed(SEED_1, "r1", 41, 0.1));

        assertThat(spent()).containsExactly(new RunBudgetSpent("r1", BudgetUnit.DEVICE_SECONDS, 100.0, 100.0, 1));
    }

    @Test
    void shouldAskForJobsAgainOnceTheBudgetIsLarger() {
        tell(SHAPES, request("r1", deviceSeconds(100), 0L), progressed(SEED_0, "r1", 101, 0.1));
        assertThat(jobs()).hasSize(1);
        bench.pass(Duration.ofHours(3));
        assertThat(jobs()).isEmpty();

        tell(new RunBudgetChanged("r1", deviceSeconds(101), 1));
        assertThat(jobs()).isEmpty();
        tell(new RunBudgetChanged("r1", deviceSeconds(200), 1));
        assertThat(jobs()).extracting(SearchJob::getJob).containsExactly(SEED_0);

        tell(progressed(SEED_0, "r1", 199, 0.2), progressed(SEED_0, "r1", 200, 0.2));
        assertThat(spent()).extracting(RunBudgetSpent::getBudget).containsExactly(100.0, 200.0);
    }

    @Test
    void shouldPauseARunAgainThatIsResumedWithoutMoreBudget() {
        tell(SHAPES, request("r1", deviceSeconds(100), 0L), progressed(SEED_0, "r1", 101, 0.1));

        tell(new RunResumed("r1", "", 1));

        assertThat(spent()).hasSize(2);
    }

    @Test
    void shouldChargeAJobToARunFromWhenItJoinsIt() {
        tell(SHAPES, request("r1", deviceSeconds(100), 0L), progressed(SEED_0, "r1", 90, 0.1));
        tell(request("r2", deviceSeconds(100), 0L));

        tell(progressed(SEED_0, "r1", 100, 0.2));
        assertThat(spent()).extracting(RunBudgetSpent::getRun).containsExactly("r1");

        tell(progressed(SEED_0, "r1", 189, 0.3));
        assertThat(spent()).isEmpty();
        tell(progressed(SEED_0, "r1", 190, 0.3));
        assertThat(spent()).containsExactly(new RunBudgetSpent("r2", BudgetUnit.DEVICE_SECONDS, 100.0, 100.0, 1));
    }

    @Test
    void shouldHaveASharedJobDoneForTheRunThatHasBudget() {
        tell(SHAPES, request("r1", deviceSeconds(100), 0L), Told.request("r2", 0L));
        tell(progressed(SEED_0, "r1", 100, 0.1));
        assertThat(spent()).extracting(RunBudgetSpent::getRun).containsExactly("r1");
        jobs();

        bench.pass(Duration.ofMinutes(5));

        assertThat(jobs()).isNotEmpty().extracting(SearchJob::getRun).containsOnly("r2");
    }

    @Test
    void shouldNotChargeARunWhileItIsPausedForWhatIsDoneForAnother() {
        tell(SHAPES, request("r1", deviceSeconds(100), 0L), Told.request("r2", 0L), new RunPaused("r1", "night", 1));
        tell(progressed(SEED_0, "r1", 1000, 0.1), new RunResumed("r1", "", 1));
        assertThat(spent()).isEmpty();

        tell(progressed(SEED_0, "r1", 1100, 0.1));

        assertThat(spent()).extracting(RunBudgetSpent::getSpent).containsExactly(100.0);
    }

    @Test
    void shouldNotChargeARunForWhatIsDoneOfAJobThatItHasGivenUp() {
        tell(SHAPES, request("r1", deviceSeconds(100), 0L), Told.request("r2", 0L));
        tell(progressed(SEED_0, "r1", 99, 0.1), RunStory.IMAGES.stopped("r1", SEED_0));

        tell(progressed(SEED_0, "r1", 1000, 0.1));

        assertThat(spent()).isEmpty();
    }

    @Test
    void shouldCountWhatARunHasCostBeforeItIsAskedForAgain() {
        tell(SHAPES, request("r1", deviceSeconds(100), 0L), progressed(SEED_0, "r1", 99, 0.1));
        tell(new RunCancelled("r1", "", 1));
        tell(RunRequested.newBuilder(request("r1", deviceSeconds(150), 0L))
                .setRequestEpoch(2)
                .build());

        tell(progressed(SEED_0, "r1", 149, 0.1));
        assertThat(spent()).isEmpty();
        tell(progressed(SEED_0, "r1", 150, 0.1));

        assertThat(spent()).containsExactly(new RunBudgetSpent("r1", BudgetUnit.DEVICE_SECONDS, 150.0, 150.0, 2));
    }

    @Test
    void shouldCountTheEpochsOfAllJobs() {
        tell(SHAPES, request("r1", RunBudget.newBuilder().setEpochs(3).build(), 0L, 1L));

        // The search has two epochs.
        tell(progressed(SEED_0, "r1", 1, 0.99), Told.checkpoint(SEED_0, "r1", 2, true));
        assertThat(spent()).isEmpty();
        tell(progressed(SEED_1, "r1", 1, 0.5));

        assertThat(spent()).containsExactly(new RunBudgetSpent("r1", BudgetUnit.EPOCHS, 3.0, 3.0, 1));
    }

    @Test
    void shouldCountMoneyAtThePriceOfAnHour() {
        tell(SHAPES, request("r1", RunBudget.newBuilder().setMoney(5).build(), 0L));

        tell(progressed(SEED_0, "r1", 8999, 0.1));
        assertThat(spent()).isEmpty();
        tell(progressed(SEED_0, "r1", 9000, 0.1));

        assertThat(spent()).containsExactly(new RunBudgetSpent("r1", BudgetUnit.MONEY, 5.0, 5.0, 1));
    }

    @Test
    void shouldBlockARunWhoseBudgetCannotBeCounted() {
        try (var priceless = new PlannerBench(
                new SearchPlanner(Duration.ofSeconds(30), DevicePrice.UNKNOWN, budgets -> {}), other)) {
            priceless.tell(Topics.DATASETS, "key", SHAPES);
            priceless.tell(Topics.RUNS, "key", (SpecificRecord)
                    request("r1", RunBudget.newBuilder().setMoney(5).build(), 0L));

            assertThat(priceless.told(Topics.RUNS, RunBlocked.class))
                    .extracting(RunBlocked::getReason)
                    .containsExactly(
                            "budget.money has no meaning while no price is known: set dartboard.price-per-device-hour of search-svc, or limit device seconds");
            assertThat(priceless.told(Topics.SEARCH_JOBS, SearchJob.class)).isEmpty();
        }
        tell(SHAPES, request("r2", deviceSeconds(-1), 0L));
        assertThat(bench.told(Topics.RUNS, RunBlocked.class))
                .extracting(RunBlocked::getReason)
                .containsExactly("budget.deviceSeconds must be a number of at least 0, and 0 sets no limit (was -1)");
    }

    @Test
    void shouldCountTheTimeInWhichARunIsLive() {
        tell(SHAPES, request("r1", wallClock(3600), 0L));
        bench.pass(Duration.ofMinutes(50));
        tell(new RunPaused("r1", "night", 1));
        bench.pass(Duration.ofHours(9));
        tell(new RunResumed("r1", "", 1));
        bench.pass(Duration.ofMinutes(9));
        assertThat(spent()).isEmpty();

        bench.pass(Duration.ofMinutes(2));

        assertThat(spent()).singleElement().satisfies(word -> {
            assertThat(word.getUnit()).isEqualTo(BudgetUnit.WALL_CLOCK_SECONDS);
            assertThat(word.getSpent()).isBetween(3600.0, 3606.0);
        });
        tell(new RunBudgetChanged("r1", wallClock(7200), 1));
        bench.pass(Duration.ofMinutes(58));
        assertThat(spent()).isEmpty();
        bench.pass(Duration.ofMinutes(3));
        assertThat(spent()).hasSize(1);
    }

    @Test
    void shouldNotTakeThePresentForTheTimeOfWhatItReads() {
        bench.tell(Topics.DATASETS, "key", SHAPES);
        bench.tellAt(PlannerBench.START.minus(Duration.ofDays(2)), Topics.RUNS, "r1", (SpecificRecord)
                request("r1", wallClock(3600), 0L));
        bench.pass(Duration.ofMillis(1));
        bench.tellAt(
                PlannerBench.START.minus(Duration.ofDays(2)).plusSeconds(60),
                Topics.RUNS,
                "r1",
                new RunPaused("r1", "night", 1));
        bench.pass(Duration.ofMinutes(1));

        assertThat(spent()).isEmpty();
    }

    @Test
    void shouldShowHowBudgetsStandUntilTheirRunsHaveEnded() {
        tell(SHAPES, request("r1", deviceSeconds(100), 0L), Told.request("r2", 0L), progressed(SEED_0, "r1", 30, 0.1));
        bench.pass(Duration.ofSeconds(10));
        assertThat(seen).containsExactly(new BudgetStanding("r1", BudgetUnit.DEVICE_SECONDS, 100, 30));

        tell(progressed(SEED_0, "r1", 100, 0.1));
        bench.pass(Duration.ofSeconds(10));
        assertThat(seen).extracting(BudgetStanding::left).containsExactly(0.0);

        tell(new RunCancelled("r1", "", 1));
        bench.pass(Duration.ofSeconds(10));
        assertThat(seen).isEmpty();
    }

    @Test
    void shouldDecideTheSameWhenItReadsAllAgain() {
        var history = List.<SpecificRecord>of(
                SHAPES,
                request("r1", deviceSeconds(100), 0L),
                request("r2", RunBudget.newBuilder().setEpochs(1).build(), 0L, 1L),
                progressed(SEED_0, "r1", 60, 0.5),
                progressed(SEED_0, "r1", 120, 0.5),
                new RunBudgetChanged("r1", deviceSeconds(180), 1),
                new RunBudgetChanged("r2", Budgets.NONE, 1),
                progressed(SEED_0, "r1", 200, 0.9));
        history.forEach(this::tell);
        var first = spent();
        assertThat(first).extracting(RunBudgetSpent::getRun).containsExactly("r2", "r1", "r1");

        bench.close();
        bench = bench(other);
        history.forEach(this::tell);

        assertThat(spent()).isEqualTo(first);
    }

    private PlannerBench bench(Path at) {
        return new PlannerBench(
                new SearchPlanner(
                        Duration.ofSeconds(30),
                        new DevicePrice(Optional.of(2.0)),
                        standings -> seen = standings.standings()),
                at);
    }

    private static RunRequested request(String run, RunBudget budget, Long... seeds) {
        return RunRequested.newBuilder(Told.request(run, seeds))
                .setBudget(budget)
                .build();
    }

    private static RunBudget deviceSeconds(double seconds) {
        return RunBudget.newBuilder().setDeviceSeconds(seconds).build();
    }

    private static RunBudget wallClock(double seconds) {
        return RunBudget.newBuilder().setWallClockSeconds(seconds).build();
    }

    private static JobProgressed progressed(String job, String run, double deviceSeconds, double fraction) {
        return JobProgressed.newBuilder()
                .setJob(job)
                .setRun(run)
                .setStage("search")
                .setAttempt(1)
                .setFraction(fraction)
                .setEtaSeconds(1)
                .setImagesPerSecond(1)
                .setDevice("cpu")
                .setDeviceSeconds(deviceSeconds)
                .build();
    }

    private void tell(SpecificRecord... facts) {
        for (var fact : facts) {
            bench.tell(PlannerBench.topicOf(fact), "key", fact);
        }
    }

    private List<RunBudgetSpent> spent() {
        return bench.told(Topics.RUNS, RunBudgetSpent.class);
    }

    private List<SearchJob> jobs() {
        return bench.told(Topics.SEARCH_JOBS, SearchJob.class);
    }
}
