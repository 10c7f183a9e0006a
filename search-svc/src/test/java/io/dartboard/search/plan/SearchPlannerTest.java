package io.dartboard.search.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.dartboard.events.Alarm;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.DeadLettered;
import io.dartboard.events.GenotypeEvaluated;
import io.dartboard.events.GuardSettings;
import io.dartboard.events.JobFailed;
import io.dartboard.events.JobProgressed;
import io.dartboard.events.Origin;
import io.dartboard.events.RecurrentSearchSettings;
import io.dartboard.events.RecurrentTrainSettings;
import io.dartboard.events.RetrainSettings;
import io.dartboard.events.RunBlocked;
import io.dartboard.events.RunCancelled;
import io.dartboard.events.RunFinished;
import io.dartboard.events.RunOutcome;
import io.dartboard.events.RunPaused;
import io.dartboard.events.RunRequested;
import io.dartboard.events.RunResumed;
import io.dartboard.events.SearchJob;
import io.dartboard.events.SearchRelaunched;
import io.dartboard.events.SearchSettings;
import io.dartboard.events.SearchSteered;
import io.dartboard.events.Stage;
import io.dartboard.events.StageFinishRequested;
import io.dartboard.events.SteeringAction;
import io.dartboard.events.TransferSettings;
import io.dartboard.nas.genotype.PublishedGenotypes;
import io.dartboard.nas.genotype.PublishedRecurrentGenotypes;
import io.dartboard.pipeline.identity.JobId;
import io.dartboard.pipeline.testkit.PlannerBench;
import io.dartboard.schemas.Topic;
import io.dartboard.schemas.Topics;
import io.dartboard.search.request.DevicePrice;
import io.dartboard.search.work.Told;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchPlannerTest {
    private static final DatasetPublished SHAPES = Told.dataset("shapes", "1");
    private static final String SEED_0 = JobId.search(SHAPES, Told.SEARCH, 0);
    private static final String SEED_1 = JobId.search(SHAPES, Told.SEARCH, 1);

    private static final DatasetPublished TEXTS = Told.text("texts", 1000);
    private static final SearchSettings TEXT_SEARCH = SearchSettings.newBuilder(Told.SEARCH)
            .setSpace("darts-rnn")
            .setChannels(0)
            .setCells(0)
            .setTrainPortion(0)
            .setLearningRateMin(0)
            .setMomentum(0)
            .setRecurrent(new RecurrentSearchSettings(4, 6, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0))
            .build();

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path state;

    private PlannerBench bench;

    @BeforeEach
    void setUp() {
        bench = new PlannerBench(new SearchPlanner(PATIENCE, DevicePrice.UNKNOWN, seen -> {}), state);
    }

    @AfterEach
    void tearDown() {
        bench.close();
    }

    @Test
    void shouldPutOutOneSearchForEachSeed() {
        // When
        tell(SHAPES, Told.request("r1", 0L, 1L));

        // Then
        assertThat(jobs())
                .containsExactly(
                        new SearchJob(SEED_0, "r1", SHAPES, Told.SEARCH, 0L, 1),
                        new SearchJob(SEED_1, "r1", SHAPES, Told.SEARCH, 1L, 1));
        assertThat(SEED_0).isNotEqualTo(SEED_1);
    }

    @Test
    void shouldAskNoMoreForASearchThatShallFinishAndHasAnEpochBehindIt() {
        tell(SHAPES, Told.request("r1", 0L, 1L));
        jobs();
        tell(Told.checkpoint(SEED_0, "r1", 1, false));

        tell(new StageFinishRequested("r1", "search", "", 1));

        assertThat(jobs()).extracting(SearchJob::getJob).containsExactly(SEED_1);
        tell(Told.checkpoint(SEED_1, "r1", 1, false), new RunPaused("r1", "", 1), new RunResumed("r1", "", 1));
        assertThat(jobs()).isEmpty();
    }

    @Test
    void shouldMakeASearchAnewWithARemedyOnceItIsToldTo() {
        var guarded = guarded(2);
        var first = JobId.search(SHAPES, guarded, 0);
        tell(SHAPES, request("r1", guarded));
        assertThat(jobs()).extracting(SearchJob::getJob).containsExactly(first);

        tell(steered(first, guarded, SteeringAction.CONTINUE));
        assertThat(jobs()).isEmpty();
        tell(
                steered(first, guarded, SteeringAction.RELAUNCH),
                steered(first, guarded, SteeringAction.RELAUNCH),
                Told.checkpoint(first, "r1", 2, true));

        var second = jobs();
        assertThat(second).singleElement().satisfies(job -> {
            assertThat(job.getSettings().getMethod()).isEqualTo("beta-darts");
            assertThat(job.getSettings().getGuard().getRelaunches()).isEqualTo(1);
            assertThat(job.getJob()).isEqualTo(JobId.search(SHAPES, job.getSettings(), 0));
            assertThat(job.getSeed()).isZero();
        });
        assertThat(relaunches()).singleElement().satisfies(told -> {
            assertThat(told.getSearch()).isEqualTo(first);
            assertThat(told.getSuccessor()).isEqualTo(second.get(0).getJob());
            assertThat(told.getRemedy()).isEqualTo("beta-decay");
            assertThat(told.getChange()).isEqualTo("method beta-darts in the place of darts-first-order");
            assertThat(told.getNumber()).isEqualTo(1);
        });

        // The next remedy, for the method has the first already.
        var settings = second.get(0).getSettings();
        tell(steered(second.get(0).getJob(), settings, SteeringAction.RELAUNCH));
        assertThat(jobs()).singleElement().satisfies(job -> {
            assertThat(job.getSettings().getMethod()).isEqualTo("beta-darts");
            assertThat(job.getSettings().getWeightDecay()).isEqualTo(9e-4);
            assertThat(job.getSettings().getGuard().getRelaunches()).isZero();
        });
        assertThat(relaunches())
                .extracting(SearchRelaunched::getRemedy, SearchRelaunched::getNumber)
                .containsExactly(tuple("weight-decay", 2));
    }

    /** Whatever the planner, or the run, was doing when the word came: what has been learnt of a search stands. */
    @Test
    void shouldRelaunchForARunThatWantsItsSearchLater() {
        var guarded = guarded(1);
        var first = JobId.search(SHAPES, guarded, 0);
        tell(steered(first, guarded, SteeringAction.RELAUNCH));
        assertThat(relaunches()).isEmpty();

        tell(SHAPES, request("r1", guarded), new RunPaused("r1", "", 1));
        var asked = jobs();
        tell(new RunResumed("r1", "", 1));

        assertThat(asked).extracting(job -> job.getSettings().getMethod()).containsExactly("beta-darts");
        assertThat(jobs())
                .extracting(SearchJob::getJob)
                .containsExactly(asked.get(0).getJob());
        assertThat(relaunches()).hasSize(1);
    }

    @Test
    void shouldAskNoMoreForASearchThatIsSteeredToItsEnd() {
        var guarded = guarded(0);
        var first = JobId.search(SHAPES, guarded, 0);
        tell(SHAPES, request("r1", guarded), steered(first, guarded, SteeringAction.ROLL_BACK));
        jobs();

        bench.pass(PATIENCE.multipliedBy(20));
        tell(new RunPaused("r1", "", 1), new RunResumed("r1", "", 1));

        assertThat(jobs()).isEmpty();
    }

    private static SearchSettings guarded(int relaunches) {
        return SearchSettings.newBuilder(Told.SEARCH)
                .setGuard(GuardSettings.newBuilder()
                        .setAct(true)
                        .setRelaunches(relaunches)
                        .build())
                .build();
    }

    private static RunRequested request(String run, SearchSettings search) {
        return RunRequested.newBuilder(Told.request(run, 0L)).setSearch(search).build();
    }

    private static SearchSteered steered(String search, SearchSettings settings, SteeringAction action) {
        return SearchSteered.newBuilder()
                .setSearch(search)
                .setRun("r1")
                .setAction(action)
                .setReasons(List.of("3 skip connections"))
                .setAlarm(Alarm.COLLAPSE)
                .setGuard(settings.getGuard())
                .build();
    }

    private List<SearchRelaunched> relaunches() {
        return bench.told(Topics.STEERING, SearchRelaunched.class);
    }

    @Test
    void shouldSearchNothingForAGivenGenotypeAndEndWithItsVerdict() {
        tell(SHAPES, given("g1", PublishedGenotypes.DARTS_V2.toString()));
        assertThat(jobs()).isEmpty();
        assertThat(finished()).isEmpty();

        tell(Told.champion("g1"));
        assertThat(finished()).containsExactly(new RunFinished("g1", RunOutcome.SUCCEEDED, "", 1));
    }

    @Test
    void shouldEndARunThatOnlyMeasuresWhenItsCellIsMeasured() {
        var measuring = RunRequested.newBuilder(given("m1", PublishedGenotypes.DARTS_V2.toString()))
                .setMeasureOnly(true)
                .build();
        tell(SHAPES, measuring, given("g1", PublishedGenotypes.DARTS_V2.toString()));
        tell(measured("m1", Stage.FULL), measured("g1", Stage.SELECTION));
        assertThat(finished()).isEmpty();

        tell(measured("m1", Stage.SELECTION));

        assertThat(finished()).containsExactly(new RunFinished("m1", RunOutcome.SUCCEEDED, "", 1));
    }

    private static GenotypeEvaluated measured(String run, Stage stage) {
        return GenotypeEvaluated.newBuilder()
                .setRun(run)
                .setStage(stage)
                .setOrigin(Origin.NAMED)
                .setGenotype("g")
                .setHash("h")
                .setSeeds(List.of(0L))
                .setErrorsPercent(List.of(1.0))
                .setMeanErrorPercent(1)
                .setSdErrorPercent(0)
                .setParameters(1)
                .setMultiplyAdds(1)
                .setDeviceSeconds(1)
                .build();
    }

    @Test
    void shouldFailARunWhoseGivenGenotypeIsNone() {
        tell(SHAPES, given("g1", "Genotype(normal=["));
        assertThat(finished()).extracting(RunFinished::getOutcome).containsExactly(RunOutcome.FAILED);
    }

    @Test
    void shouldFailARunEachTimeThatAServiceTellsThatItIsBlocked() {
        tell(SHAPES, Told.request("r1", 0L));
        tell(blocked("r1", 1, "no cell keeps within the ceilings"), blocked("r1", 1, "told twice"));
        assertThat(finished())
                .containsExactly(new RunFinished("r1", RunOutcome.FAILED, "no cell keeps within the ceilings", 1));

        tell(Told.request("r1", 0L));
        tell(blocked("r1", 1, "a late word"), blocked("r1", 2, "no cell keeps within the ceilings"));
        assertThat(finished())
                .containsExactly(new RunFinished("r1", RunOutcome.FAILED, "no cell keeps within the ceilings", 2));
    }

    @Test
    void shouldTellForItselfThatARunIsBlockedAndByWhichJob() {
        tell(SHAPES, Told.request("r1", 0L), Told.failed(SEED_0, "r1", false));
        assertThat(bench.told(Topics.RUNS, RunBlocked.class))
                .containsExactly(
                        new RunBlocked("r1", 1, "search", SEED_0, "search job %s: the disk is full".formatted(SEED_0)));
    }

    @Test
    void shouldSucceedThoughTheVerdictIsReadBeforeTheRequestThatItAnswers() {
        // Given a planner that lags behind on nas.runs
        tell(SHAPES, Told.request("r1", 0L), new RunCancelled("r1", "", 1));
        finished();

        // When
        tell(Told.champion("r1", 2));
        assertThat(finished()).isEmpty();
        tell(Told.request("r1", 0L));

        // Then
        assertThat(finished()).containsExactly(new RunFinished("r1", RunOutcome.SUCCEEDED, "", 2));
    }

    @Test
    void shouldNotOpenAnEndedRunForARequestThatIsReplayed() {
        // Given
        var request = Told.request("r1", 0L);
        tell(SHAPES);
        bench.tellAt(bench.now(), Topics.RUNS, "r1", request);
        var told = bench.now();
        tell(new RunCancelled("r1", "", 0));
        jobs();
        finished();

        // When
        bench.tellAt(told, Topics.RUNS, "r1", request);
        tell(RunRequested.newBuilder(request).setRequestEpoch(1).build());

        // Then
        assertThat(jobs()).isEmpty();
    }

    @Test
    void shouldAskAgainForASearchThatShowsNoLifeAndForNoneThatNobodyWants() {
        // Given
        tell(SHAPES, Told.request("r1", 0L), Told.request("r2", 1L));
        assertThat(jobs()).hasSize(2);

        // When nobody begins either, and one run is paused
        tell(new RunPaused("r2", "", 1));
        bench.pass(PATIENCE.multipliedBy(2).plusSeconds(10));

        // Then
        assertThat(jobs()).extracting(SearchJob::getJob).containsExactly(SEED_0);
    }

    @Test
    void shouldCountTheSearchesThatWaitAndForHowLong() {
        // Given
        var planner = new SearchPlanner(PATIENCE, DevicePrice.UNKNOWN, seen -> {});
        tell(SHAPES, Told.request("r1", 0L), Told.request("r2", 1L));
        bench.pass(Duration.ofSeconds(10));
        var first = planner.queues().get(0);
        assertThat(first.waiting()).isEqualTo(2);

        // When it is asked again for both, then one begins and the other's run is paused and goes on
        bench.pass(Duration.ofHours(1));
        assertThat(planner.queues().get(0).oldest()).isEqualTo(first.oldest());
        tell(progressed(SEED_0));
        bench.pass(Duration.ofSeconds(10));

        // Then
        assertThat(planner.queues().get(0).waiting()).isEqualTo(1);
        tell(new RunPaused("r2", "", 1));
        bench.pass(Duration.ofSeconds(10));
        assertThat(planner.queues())
                .singleElement()
                .satisfies(queue -> assertThat(queue.waiting()).isZero())
                .satisfies(queue -> assertThat(queue.oldest()).isEmpty());
    }

    @Test
    void shouldAskEverMoreRarelyForASearchThatNobodyBegins() {
        tell(SHAPES, Told.request("r1", 0L));
        jobs();
        bench.pass(Duration.ofHours(1));
        assertThat(jobs()).hasSizeBetween(4, 6);
        bench.pass(Duration.ofHours(10));
        assertThat(jobs()).hasSizeBetween(8, 11);
    }

    @Test
    void shouldMissASearchSoonThatHasBegunAndFallenSilentAndNoneThatShowsLife() {
        // Given
        tell(SHAPES, Told.request("r1", 0L));
        jobs();

        // When it shows life for an hour
        for (var beat = 0; beat < 180; beat++) {
            tell(progressed(SEED_0));
            bench.pass(Duration.ofSeconds(20));
        }
        assertThat(jobs()).isEmpty();

        // Then
        bench.pass(PATIENCE.plusSeconds(10));
        assertThat(jobs()).hasSize(1);
    }

    @Test
    void shouldNotAskForASearchThatIsDone() {
        tell(SHAPES, Told.request("r1", 0L), Told.checkpoint(SEED_0, "r1", 2, true));
        jobs();
        bench.pass(Duration.ofHours(3));
        assertThat(jobs()).isEmpty();
    }

    @Test
    void shouldPutOutNothingMoreOnARepeat() {
        tell(SHAPES, Told.request("r1", 0L), SHAPES, Told.request("r1", 0L));
        assertThat(jobs()).hasSize(1);
    }

    @Test
    void shouldLetEveryRunAskForItselfForTheSearchesThatItShares() {
        tell(SHAPES, Told.request("r1", 0L), Told.request("r2", 0L, 1L));
        assertThat(jobs())
                .extracting(SearchJob::getJob, SearchJob::getRun)
                .containsExactly(tuple(SEED_0, "r1"), tuple(SEED_0, "r2"), tuple(SEED_1, "r2"));
    }

    @Test
    void shouldNotSearchAgainWhatIsDone() {
        tell(SHAPES, Told.request("r1", 0L), Told.checkpoint(SEED_0, "r1", 2, true), Told.request("r2", 0L));
        assertThat(jobs()).hasSize(1);
    }

    @Test
    void shouldFinishACancelledRunOnce() {
        // When
        tell(SHAPES, Told.request("r1", 0L), new RunCancelled("r1", "too dear", 0), new RunCancelled("r1", "again", 0));

        // Then
        assertThat(finished()).containsExactly(new RunFinished("r1", RunOutcome.CANCELLED, "too dear", 1));
    }

    @Test
    void shouldLookAfterASharedSearchForTheRunThatStillNeedsIt() {
        // Given
        tell(SHAPES, Told.request("r1", 0L, 1L), Told.request("r2", 0L));
        jobs();

        // When
        tell(new RunCancelled("r1", "", 0));
        bench.pass(Duration.ofHours(1));

        // Then
        assertThat(jobs()).isNotEmpty().containsOnly(new SearchJob(SEED_0, "r2", SHAPES, Told.SEARCH, 0L, 1));
    }

    @Test
    void shouldLeaveAFinishedSearchAloneWhenItsAskerIsCancelled() {
        tell(SHAPES, Told.request("r1", 0L), Told.request("r2", 0L), Told.checkpoint(SEED_0, "r1", 2, true));
        jobs();
        tell(new RunCancelled("r1", "", 0));
        assertThat(jobs()).isEmpty();
    }

    @Test
    void shouldPutOutTheUnfinishedSearchesWhenARunIsResumed() {
        // Given
        tell(SHAPES, Told.request("r1", 0L, 1L), Told.checkpoint(SEED_0, "r1", 2, true), new RunPaused("r1", "", 0));
        jobs();

        // When
        tell(new RunResumed("r1", "", 0));

        // Then
        assertThat(jobs()).extracting(SearchJob::getJob).containsExactly(SEED_1);
    }

    @Test
    void shouldNotPutOutAnythingForARunThatWasNotPaused() {
        tell(SHAPES, Told.request("r1", 0L));
        jobs();
        tell(new RunResumed("r1", "", 0));
        assertThat(jobs()).isEmpty();
    }

    @Test
    void shouldNotGiveASearchToAPausedRun() {
        tell(SHAPES, Told.request("r1", 0L), Told.request("r2", 0L), new RunPaused("r2", "", 0));
        jobs();
        tell(new RunCancelled("r1", "", 0));
        assertThat(jobs()).isEmpty();
        tell(new RunResumed("r2", "", 0));
        assertThat(jobs()).extracting(SearchJob::getRun).containsExactly("r2");
    }

    @Test
    void shouldFailEveryRunThatNeedsAJobWhichIsGivenUp() {
        // Given
        tell(SHAPES, Told.request("r1", 0L), Told.request("r2", 0L, 1L), Told.request("r3", 1L));

        // When
        tell(Told.failed(SEED_0, "r1", false), Told.failed(SEED_0, "r1", false));

        // Then
        var reason = "search job %s: the disk is full".formatted(SEED_0);
        assertThat(finished())
                .containsExactly(
                        new RunFinished("r1", RunOutcome.FAILED, reason, 1),
                        new RunFinished("r2", RunOutcome.FAILED, reason, 1));
    }

    @Test
    void shouldKeepTheOtherSeedsOfAFailedRunGoingForWhoeverNeedsThem() {
        tell(SHAPES, Told.request("r1", 0L, 1L), Told.request("r2", 1L));
        jobs();
        tell(Told.failed(SEED_0, "r1", false));
        bench.pass(Duration.ofHours(1));
        assertThat(jobs()).isNotEmpty().containsOnly(new SearchJob(SEED_1, "r2", SHAPES, Told.SEARCH, 1L, 1));
    }

    @Test
    void shouldPayNoHeedToAFailureOfAnEarlierRequest() {
        tell(SHAPES, Told.request("r1", 0L), new RunCancelled("r1", "", 1), Told.request("r1", 0L));
        finished();
        tell(JobFailed.newBuilder(Told.failed(SEED_0, "r1", false))
                .setRequestEpoch(1)
                .build());
        assertThat(finished()).isEmpty();
        tell(JobFailed.newBuilder(Told.failed(SEED_0, "r1", false))
                .setRequestEpoch(2)
                .build());
        assertThat(finished()).extracting(RunFinished::getRequestEpoch).containsExactly(2);
    }

    @Test
    void shouldGoOnAfterAnAttemptThatWillBeRepeated() {
        tell(SHAPES, Told.request("r1", 0L), Told.failed(SEED_0, "r1", true));
        assertThat(finished()).isEmpty();
    }

    @Test
    void shouldSearchAgainForANewRunWhatWasGivenUp() {
        tell(SHAPES, Told.request("r1", 0L), Told.failed(SEED_0, "r1", false));
        jobs();
        assertThat(finished()).extracting(RunFinished::getRun).containsExactly("r1");
        tell(Told.request("r2", 0L));
        assertThat(jobs()).extracting(SearchJob::getRun).containsExactly("r2");
    }

    @Test
    void shouldBeginAgainARunThatEndedWithoutSuccess() {
        // Given
        tell(SHAPES, Told.request("r1", 0L, 1L), Told.checkpoint(SEED_0, "r1", 2, true), new RunCancelled("r1", "", 0));
        jobs();
        finished();

        // When
        tell(Told.request("r1", 0L, 1L));

        // Then
        assertThat(jobs()).containsExactly(new SearchJob(SEED_1, "r1", SHAPES, Told.SEARCH, 1L, 2));
        tell(Told.failed(SEED_1, "r1", false));
        assertThat(finished()).extracting(RunFinished::getOutcome).containsExactly(RunOutcome.FAILED);
    }

    @Test
    void shouldNotBeginAgainARunThatSucceeded() {
        tell(SHAPES, Told.request("r1", 0L), Told.champion("r1"));
        jobs();
        tell(Told.request("r1", 0L));
        assertThat(jobs()).isEmpty();
    }

    @Test
    void shouldFailARunOnADatasetVersionThatWasNeverPublished() {
        // When
        tell(Told.dataset("shapes", "2"), Told.request("r1", 0L));

        // Then
        assertThat(jobs()).isEmpty();
        assertThat(finished()).singleElement().satisfies(end -> {
            assertThat(end.getOutcome()).isEqualTo(RunOutcome.FAILED);
            assertThat(end.getReason()).startsWith("dataset shapes version 1 was never published");
        });
    }

    @Test
    void shouldKnowOlderVersionsOfADataset() {
        tell(SHAPES, Told.dataset("shapes", "2"), Told.request("r1", 0L));
        assertThat(jobs()).extracting(SearchJob::getDataset).containsExactly(SHAPES);
    }

    @Test
    void shouldFailARunWithoutSeeds() {
        tell(SHAPES, Told.request("r1"));
        assertThat(finished()).extracting(RunFinished::getReason).containsExactly("seeds must name at least one seed");
    }

    @Test
    void shouldSucceedWhenTheChampionIsDecided() {
        tell(SHAPES, Told.request("r1", 0L), Told.champion("r1"), Told.champion("r1"), new RunCancelled("r1", "", 0));
        assertThat(finished()).containsExactly(new RunFinished("r1", RunOutcome.SUCCEEDED, "", 1));
    }

    @Test
    void shouldIgnoreWordOfRunsItDoesNotKnow() {
        tell(
                new RunCancelled("r9", "", 0),
                Told.champion("r9"),
                new RunPaused("r9", "", 0),
                new RunResumed("r9", "", 0));
        tell(Told.failed("s9", "r9", false));
        assertThat(finished()).isEmpty();
        assertThat(bench.refusals()).isEmpty();
    }

    @Test
    void shouldDeadLetterGarbageOnEveryTopicAndGoOn() {
        // When
        for (var topic : Topics.ALL) {
            bench.tellBytes(topic, "k", "garbage".getBytes(StandardCharsets.UTF_8));
        }
        tell(SHAPES, Told.request("r1", 0L));

        // Then
        assertThat(bench.told(Topics.DEAD_LETTERS, DeadLettered.class))
                .extracting(DeadLettered::getTopic)
                .containsExactlyInAnyOrderElementsOf(
                        Topics.ALL.stream().map(Topic::name).toList());
        assertThat(jobs()).hasSize(1);
    }

    @Test
    void shouldPutOutTheSearchesOfATextRun() {
        tell(TEXTS, textRequest("t1").build());
        assertThat(jobs()).singleElement().satisfies(job -> {
            assertThat(job.getDataset()).isEqualTo(TEXTS);
            assertThat(job.getSettings()).isEqualTo(TEXT_SEARCH);
            assertThat(job.getJob()).isEqualTo(JobId.search(TEXTS, TEXT_SEARCH, 0));
        });
    }

    @Test
    void shouldSearchNothingForAGivenRecurrentCell() {
        var cell = PublishedRecurrentGenotypes.DARTS_V2.toString();
        tell(
                TEXTS,
                textRequest("t1").setSearchSeeds(List.of()).setGenotype(cell).build());
        assertThat(jobs()).isEmpty();
        assertThat(finished()).isEmpty();
    }

    @Test
    void shouldFailARunWhoseDatasetItsCellsAreNotFor() {
        tell(SHAPES, textRequest("r1").setDataset("shapes").build());
        tell(
                TEXTS,
                RunRequested.newBuilder(Told.request("r2", 0L))
                        .setDataset("texts")
                        .build());
        tell(textRequest("r3").setEvaluation(Told.EVALUATION).build());
        tell(RunRequested.newBuilder(Told.request("r4", 0L))
                .setSelection(textRequest("r4").getSelection())
                .build());

        assertThat(jobs()).isEmpty();
        assertThat(finished())
                .extracting(RunFinished::getReason)
                .satisfiesExactly(
                        reason -> assertThat(reason).startsWith("dataset shapes is for "),
                        reason -> assertThat(reason).startsWith("dataset texts is for "),
                        reason -> assertThat(reason).startsWith("evaluation: recurrent is missing"),
                        reason -> assertThat(reason).startsWith("selection: recurrent is for texts"));
    }

    @Test
    void shouldFailARunWhoseGivenCellIsNotOfItsSpace() {
        tell(SHAPES, given("g1", PublishedRecurrentGenotypes.DARTS_V2.toString()));
        tell(
                TEXTS,
                textRequest("g2")
                        .setGenotype(PublishedGenotypes.DARTS_V2.toString())
                        .build());
        assertThat(finished())
                .extracting(RunFinished::getReason)
                .satisfiesExactly(
                        reason -> assertThat(reason).startsWith("genotype: this is no cell of space darts-cnn"),
                        reason -> assertThat(reason).startsWith("genotype: this is no cell of space darts-rnn"));
    }

    @Test
    void shouldFailARunAtOnceWhoseTransferCannotBeDone() {
        tell(SHAPES, TEXTS);
        tell(RunRequested.newBuilder(Told.request("r1", 0L))
                .setTransfer(TransferSettings.newBuilder(Told.TRANSFER)
                        .setDataset("texts")
                        .build())
                .build());
        tell(RunRequested.newBuilder(Told.request("r2", 0L))
                .setTransfer(TransferSettings.newBuilder(Told.TRANSFER)
                        .setDataset("")
                        .build())
                .build());

        assertThat(jobs()).isEmpty();
        assertThat(finished())
                .extracting(RunFinished::getReason)
                .satisfiesExactly(
                        reason -> assertThat(reason).startsWith("transfer.dataset texts is for "),
                        reason -> assertThat(reason).startsWith("transfer.dataset is missing"));
    }

    @Test
    void shouldSearchBeforeTheDatasetToTransferToIsPublished() {
        tell(
                SHAPES,
                RunRequested.newBuilder(Told.request("r1", 0L))
                        .setTransfer(Told.TRANSFER)
                        .build());
        assertThat(jobs()).hasSize(1);
        assertThat(finished()).isEmpty();
    }

    @Test
    void shouldFailARunWhoseSettingsAreImpossible() {
        tell(
                SHAPES,
                RunRequested.newBuilder(Told.request("r1", 0L))
                        .setEvaluation(RetrainSettings.newBuilder(Told.EVALUATION)
                                .setDropPath(1)
                                .build())
                        .build());
        assertThat(jobs()).isEmpty();
        assertThat(finished())
                .extracting(RunFinished::getReason)
                .containsExactly("evaluation: dropPath must be at least 0 and below 1 (was 1.0)");
    }

    private static RunBlocked blocked(String run, int epoch, String reason) {
        return new RunBlocked(run, epoch, "selection", "", reason);
    }

    private static JobProgressed progressed(String job) {
        return JobProgressed.newBuilder()
                .setJob(job)
                .setRun("r1")
                .setStage("search")
                .setAttempt(1)
                .setFraction(0.5)
                .setEtaSeconds(1)
                .setImagesPerSecond(1)
                .setDevice("cpu")
                .build();
    }

    private static RunRequested.Builder textRequest(String run) {
        var train = new RecurrentTrainSettings(4, 6, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 3);
        return RunRequested.newBuilder(Told.request(run, 0L))
                .setDataset("texts")
                .setSearch(TEXT_SEARCH)
                .setSelection(ofText(Told.SELECTION, train))
                .setEvaluation(ofText(Told.EVALUATION, train));
    }

    private static RetrainSettings ofText(RetrainSettings settings, RecurrentTrainSettings recurrent) {
        return RetrainSettings.newBuilder(settings)
                .setChannels(0)
                .setCells(0)
                .setLearningRateMin(0)
                .setMomentum(0)
                .setAuxiliaryWeight(0)
                .setDropPath(0)
                .setCutout(0)
                .setRecurrent(recurrent)
                .build();
    }

    private static RunRequested given(String run, String genotype) {
        return RunRequested.newBuilder(Told.request(run)).setGenotype(genotype).build();
    }

    private void tell(SpecificRecord... facts) {
        for (var fact : facts) {
            bench.tell(PlannerBench.topicOf(fact), "key", fact);
        }
    }

    private List<SearchJob> jobs() {
        return bench.told(Topics.SEARCH_JOBS, SearchJob.class);
    }

    private List<RunFinished> finished() {
        return bench.told(Topics.RUNS, RunFinished.class);
    }
}
