package io.dartboard.eval;

import static io.dartboard.eval.Facts.IMAGES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.dartboard.events.BaselineSelected;
import io.dartboard.events.Candidate;
import io.dartboard.events.Ceiling;
import io.dartboard.events.CellSelected;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.EvaluationJob;
import io.dartboard.events.EvidenceWanted;
import io.dartboard.events.GenotypeEvaluated;
import io.dartboard.events.GenotypeRetrained;
import io.dartboard.events.JobFailed;
import io.dartboard.events.NoCellSelected;
import io.dartboard.events.Origin;
import io.dartboard.events.PassedOver;
import io.dartboard.events.RetrainSettings;
import io.dartboard.events.RetrainingReused;
import io.dartboard.events.RunBlocked;
import io.dartboard.events.RunCancelled;
import io.dartboard.events.RunFinished;
import io.dartboard.events.RunOutcome;
import io.dartboard.events.RunPaused;
import io.dartboard.events.RunRequested;
import io.dartboard.events.RunResumed;
import io.dartboard.events.Stage;
import io.dartboard.events.StageFinishRequested;
import io.dartboard.events.TransferSettings;
import io.dartboard.events.WantedCell;
import io.dartboard.nas.genotype.Architecture;
import io.dartboard.nas.genotype.Genotype;
import io.dartboard.nas.genotype.PublishedGenotypes;
import io.dartboard.nas.genotype.RandomSearch;
import io.dartboard.nas.image.cost.ImageSize;
import io.dartboard.nas.image.cost.NetworkCost;
import io.dartboard.nas.image.cost.Stem;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvalPlannerTest {
    private static final String DARTS_V1 = IMAGES.dartsV1();
    private static final String DARTS_V2 = IMAGES.dartsV2();

    @TempDir
    Path state;

    private EvalBench bench;

    @BeforeEach
    void setUp() {
        bench = new EvalBench(IMAGES, state);
        bench.publish();
    }

    @AfterEach
    void tearDown() {
        bench.close();
    }

    @Test
    void shouldSelectOnlyWhenEverySearchHasItsFinalGenotype() {
        bench.tell(Topics.RUNS, "r1", IMAGES.run("r1", 0, 1));
        bench.derive(0, DARTS_V1);
        bench.tell(Topics.GENOTYPES, IMAGES.searchId(1), IMAGES.derived(1, DARTS_V2, false, 1));
        assertThat(bench.jobs()).isEmpty();

        bench.derive(1, DARTS_V2);
        var jobs = bench.jobs();
        assertThat(jobs).extracting(EvaluationJob::getStage).containsOnly(Stage.SELECTION);
        assertThat(jobs).extracting(EvaluationJob::getGenotype).containsExactly(DARTS_V1, DARTS_V2);
        assertThat(jobs).extracting(EvaluationJob::getSearch).containsExactly(IMAGES.searchId(0), IMAGES.searchId(1));
        assertThat(jobs).extracting(EvaluationJob::getSeed).containsOnly(7L);
        assertThat(jobs).extracting(EvaluationJob::getSettings).containsOnly(IMAGES.retrain(1));
    }

    @Test
    void shouldLeaveARunThatSearchesWithNoSeedToWhoeverRefusesIt() {
        bench.tell(Topics.RUNS, "r1", IMAGES.run("r1"));

        assertThat(bench.jobs()).isEmpty();
        assertThat(bench.told(Topics.RUNS, RunBlocked.class)).isEmpty();
    }

    @Test
    void shouldTakeTheNewestCellsOfARunWhoseSearchesShallFinish() {
        bench.tell(Topics.RUNS, "r1", IMAGES.run("r1", 0, 1));
        bench.tell(Topics.RUNS, "r1", new StageFinishRequested("r1", "search", "", 1));
        bench.tell(Topics.GENOTYPES, IMAGES.searchId(0), IMAGES.derived(0, DARTS_V1, false, 1));
        assertThat(bench.jobs()).as("one search has nothing yet").isEmpty();

        bench.tell(Topics.GENOTYPES, IMAGES.searchId(1), IMAGES.derived(1, DARTS_V2, false, 1));
        assertThat(bench.jobs()).extracting(EvaluationJob::getGenotype).containsExactly(DARTS_V1, DARTS_V2);

        // The searches go on for another run; what was taken stays.
        bench.derive(0, DARTS_V2);
        bench.tell(Topics.RUNS, "r1", new RunPaused("r1", "", 1), new RunResumed("r1", "", 1));
        assertThat(bench.jobs()).extracting(EvaluationJob::getGenotype).containsExactly(DARTS_V1, DARTS_V2);
    }

    @Test
    void shouldJudgeByWhatWasFinishedEarlyOnlyARunThatWantedThat() {
        bench.tell(Topics.RUNS, "r1", IMAGES.run("r1", 0));
        bench.tell(Topics.RUNS, "r2", IMAGES.run("r2", 0));
        bench.derive(0, DARTS_V1);
        var job = bench.jobs().get(0);
        var early = GenotypeRetrained.newBuilder(IMAGES.retrained(job, 30, 100, 1))
                .setFinishedEarly(true)
                .build();
        bench.tell(Topics.RUNS, "r1", new StageFinishRequested("r1", "selection", "", 1));
        assertThat(bench.jobs()).extracting(EvaluationJob::getStage).containsExactly(Stage.SELECTION);
        bench.tell(Topics.EVALUATIONS, "r1", early);
        assertThat(bench.selected().getRun()).isEqualTo("r1");
        assertThat(bench.jobs()).extracting(EvaluationJob::getStage).containsOnly(Stage.FULL);

        bench.finish(job, 20, 100);
        assertThat(bench.selected().getRun()).isEqualTo("r2");
    }

    @Test
    void shouldNotCareInWhichOrderFactsCome() {
        bench.derive(1, DARTS_V2);
        bench.derive(0, DARTS_V1);
        bench.close();
        bench = new EvalBench(IMAGES, state.resolve("other"));
        bench.derive(1, DARTS_V2);
        bench.tell(Topics.RUNS, "r1", IMAGES.run("r1", 0, 1));
        bench.derive(0, DARTS_V1);
        assertThat(bench.jobs()).isEmpty();
        bench.publish();
        assertThat(bench.jobs()).hasSize(2);
    }

    @Test
    void shouldRetrainOnceACellThatSeveralSeedsFound() {
        bench.tell(Topics.RUNS, "r1", IMAGES.run("r1", 0, 1, 2));
        bench.derive(0, DARTS_V2);
        bench.derive(1, DARTS_V1);
        bench.derive(2, DARTS_V2);
        var jobs = bench.jobs();
        assertThat(jobs).hasSize(2);

        bench.finish(jobs.get(0), 30, 100);
        bench.finish(jobs.get(1), 40, 100);
        var selected = bench.selected();
        assertThat(selected.getCandidates()).hasSize(3);
        assertThat(selected.getCandidates()).extracting(each -> each.getSeed()).containsExactly(0L, 2L, 1L);
        assertThat(selected.getHash())
                .isEqualTo(IMAGES.derived(0, DARTS_V2, true, 1).getHash());
        assertThat(selected.getReason()).isEqualTo("lowest validation error: 30.00 %, the next best has 40.00 %");
    }

    @Test
    void shouldChooseTheSmallerOfEquallyGoodCells() {
        bench.tell(Topics.RUNS, "r1", IMAGES.run("r1", 0, 1));
        bench.derive(0, DARTS_V1);
        bench.derive(1, DARTS_V2);
        var jobs = bench.jobs();
        bench.finish(jobs.get(0), 30, 200);
        bench.finish(jobs.get(1), 30, 100);
        var selected = bench.selected();
        assertThat(selected.getGenotype()).isEqualTo(DARTS_V2);
        assertThat(selected.getReason()).contains("fewer parameters: 100 against 200");
    }

    @Test
    void shouldChooseTheLowerSeedOfEquals() {
        bench.tell(Topics.RUNS, "r1", IMAGES.run("r1", 1, 0));
        bench.derive(0, DARTS_V1);
        bench.derive(1, DARTS_V2);
        bench.jobs().forEach(job -> bench.finish(job, 30, 100));
        var selected = bench.selected();
        assertThat(selected.getSearch()).isEqualTo(IMAGES.searchId(0));
        assertThat(selected.getReason()).contains("lower search seed: 0 against 1");
    }

    @Test
    void shouldRetrainChosenAndRandomCellUnderTheSameBudget() {
        selectV1();
        var jobs = bench.jobs();
        assertThat(jobs).hasSize(6).extracting(EvaluationJob::getStage).containsOnly(Stage.FULL);
        assertThat(jobs).extracting(EvaluationJob::getSettings).containsOnly(IMAGES.retrain(3));
        assertThat(jobs).extracting(EvaluationJob::getSeed).containsExactly(7L, 8L, 9L, 7L, 8L, 9L);
        assertThat(jobs.subList(0, 3)).extracting(EvaluationJob::getGenotype).containsOnly(DARTS_V1);
        assertThat(jobs.subList(3, 6))
                .extracting(EvaluationJob::getGenotype)
                .containsOnly(Architecture.random(CnnSpace.DARTS, 5).toString());
        assertThat(jobs.subList(3, 6)).extracting(EvaluationJob::getOrigin).containsOnly(Origin.RANDOM);
    }

    @Test
    void shouldSumUpMeanAndSampleDeviationForBothCells() {
        selectV1();
        var jobs = bench.jobs();
        bench.finish(jobs.get(0), 20, 100);
        bench.finish(jobs.get(1), 22, 100);
        assertThat(bench.evaluated()).isEmpty();
        bench.finish(jobs.get(2), 27, 100);

        // mean 23; deviations -3, -1, 4; squares 9 + 1 + 16 = 26; sd = sqrt(13)
        var searched = bench.evaluated();
        assertThat(searched).hasSize(1);
        assertThat(searched.get(0).getOrigin()).isEqualTo(Origin.SEARCHED);
        assertThat(searched.get(0).getSearch()).isEqualTo(IMAGES.searchId(0));
        assertThat(searched.get(0).getSeeds()).containsExactly(7L, 8L, 9L);
        assertThat(searched.get(0).getErrorsPercent()).containsExactly(20.0, 22.0, 27.0);
        assertThat(searched.get(0).getMeanErrorPercent()).isEqualTo(23);
        assertThat(searched.get(0).getSdErrorPercent()).isCloseTo(Math.sqrt(13), within(1e-12));
        assertThat(searched.get(0).getDeviceSeconds()).isEqualTo(30);

        jobs.subList(3, 6).forEach(job -> bench.finish(job, 50, 90));
        var random = bench.evaluated();
        assertThat(random).hasSize(1);
        assertThat(random.get(0).getOrigin()).isEqualTo(Origin.RANDOM);
        assertThat(random.get(0).getMeanErrorPercent()).isEqualTo(50);
        assertThat(random.get(0).getSdErrorPercent()).isZero();
    }

    @Test
    void shouldRetrainAGivenGenotypeInFullWithoutASearchOrASelection() {
        bench.tell(Topics.RUNS, "g1", IMAGES.given("g1", DARTS_V2));

        var jobs = bench.jobs();
        assertThat(jobs).hasSize(6).extracting(EvaluationJob::getStage).containsOnly(Stage.FULL);
        assertThat(jobs).extracting(EvaluationJob::getSeed).containsExactly(7L, 8L, 9L, 7L, 8L, 9L);
        assertThat(jobs.subList(0, 3)).extracting(EvaluationJob::getGenotype).containsOnly(DARTS_V2);
        assertThat(jobs.subList(0, 3)).extracting(EvaluationJob::getOrigin).containsOnly(Origin.NAMED);
        assertThat(jobs.subList(3, 6)).extracting(EvaluationJob::getOrigin).containsOnly(Origin.RANDOM);

        jobs.forEach(job -> bench.finish(job, 30, 100));
        assertThat(bench.evaluated())
                .extracting(GenotypeEvaluated::getOrigin)
                .containsExactlyInAnyOrder(Origin.NAMED, Origin.RANDOM);
        assertThat(bench.told(Topics.EVALUATIONS, CellSelected.class)).isEmpty();
    }

    @Test
    void shouldChooseAmongGivenCellsByValidationAndRetrainTheBestInFull() {
        bench.tell(Topics.RUNS, "g1", IMAGES.given("g1", twoCells()));

        var brief = bench.jobs();
        assertThat(brief).extracting(EvaluationJob::getGenotype).containsExactly(DARTS_V1, DARTS_V2);
        assertThat(brief).extracting(EvaluationJob::getStage).containsOnly(Stage.SELECTION);
        assertThat(brief).extracting(EvaluationJob::getOrigin).containsOnly(Origin.NAMED);
        assertThat(brief).extracting(EvaluationJob::getSettings).containsOnly(IMAGES.retrain(1));
        bench.finish(brief.get(0), 40, 100);
        assertThat(bench.jobs()).isEmpty();
        bench.finish(brief.get(1), 30, 100);

        var selected = bench.selected();
        assertThat(selected.getGenotype()).isEqualTo(DARTS_V2);
        assertThat(selected.getSearch()).isEmpty();
        assertThat(selected.getCandidates())
                .extracting(Candidate::getName, Candidate::getSeed)
                .containsExactly(tuple("second order", 1L), tuple("first order", 0L));
        assertThat(selected.getReason())
                .isEqualTo("lowest validation error: second order 30.00 %, the next best, first order, has 40.00 %");
        var full = bench.jobs();
        assertThat(full.subList(0, 3)).extracting(EvaluationJob::getGenotype).containsOnly(DARTS_V2);
        assertThat(full.subList(0, 3)).extracting(EvaluationJob::getOrigin).containsOnly(Origin.NAMED);
        assertThat(full.subList(3, 6)).extracting(EvaluationJob::getOrigin).containsOnly(Origin.RANDOM);
    }

    @Test
    void shouldCallTheCellsThatARunsRandomSearchHasDrawnSearched() {
        bench.tell(
                Topics.RUNS,
                "r1",
                RunRequested.newBuilder(IMAGES.given("r1", twoCells()))
                        .setSearchSeeds(List.of(3L))
                        .build());
        assertThat(bench.jobs()).extracting(EvaluationJob::getOrigin).containsExactly(Origin.SEARCHED, Origin.SEARCHED);
    }

    @Test
    void shouldChooseTheEarlierOfEqualsThatAreGiven() {
        bench.tell(Topics.RUNS, "g1", IMAGES.given("g1", twoCells()));
        bench.jobs().forEach(job -> bench.finish(job, 30, 100));
        assertThat(bench.selected().getReason())
                .isEqualTo("validation error first order 30.00 % and 100 parameters like the next best, second order,"
                        + " but the earlier in the list: 0 against 1");
    }

    @Test
    void shouldPassOverAGivenCellThatIsOverACeilingByItsName() {
        bench.tell(
                Topics.RUNS,
                "g1",
                RunRequested.newBuilder(IMAGES.given("g1", twoCells()))
                        .setEvaluationCeiling(new Ceiling(parametersOfV1(), 0L))
                        .build());

        var jobs = bench.jobs();
        assertThat(jobs).extracting(EvaluationJob::getGenotype).containsExactly(DARTS_V1);
        bench.finish(jobs.get(0), 90, 1);
        assertThat(bench.selected()).satisfies(selected -> {
            assertThat(selected.getReason())
                    .startsWith("the only cell within the ceilings, validation error first order 90.00 %; 1 of the"
                            + " cells passed over, first second order: the evaluation network (3 cells, 4 channels,");
            assertThat(selected.getPassedOver())
                    .extracting(PassedOver::getName, PassedOver::getSeed)
                    .containsExactly(tuple("second order", 1L));
        });
    }

    @Test
    void shouldTakeTheBestOfSeveralRandomCellsByTheSameBriefRetraining() {
        var drawn = new RandomSearch(3).cells(CnnSpace.DARTS, List.of(5L));
        bench.tell(
                Topics.RUNS,
                "r1",
                RunRequested.newBuilder(IMAGES.run("r1", 0)).setRandomCells(3).build());
        bench.derive(0, DARTS_V1);
        bench.finish(bench.jobs().get(0), 30, 100);

        var brief = bench.jobs().stream()
                .filter(job -> job.getStage() == Stage.SELECTION)
                .toList();
        assertThat(brief)
                .extracting(EvaluationJob::getGenotype)
                .containsExactlyElementsOf(
                        drawn.stream().map(cell -> cell.genotype().toString()).toList());
        assertThat(brief).allSatisfy(job -> {
            assertThat(job.getOrigin()).isEqualTo(Origin.RANDOM);
            assertThat(job.getSettings()).isEqualTo(IMAGES.retrain(1));
            assertThat(job.getSeed()).isEqualTo(7);
        });
        bench.finish(brief.get(0), 50, 100);
        bench.finish(brief.get(1), 40, 100);
        assertThat(bench.jobs()).isEmpty();
        bench.finish(brief.get(2), 45, 100);

        assertThat(bench.told(Topics.EVALUATIONS, BaselineSelected.class))
                .singleElement()
                .satisfies(baseline -> {
                    assertThat(baseline.getGenotype())
                            .isEqualTo(drawn.get(1).genotype().toString());
                    assertThat(baseline.getCandidates())
                            .extracting(Candidate::getSeed)
                            .containsExactly(1L, 2L, 0L);
                    assertThat(baseline.getReason())
                            .isEqualTo("lowest validation error: %s 40.00 %%, the next best, %s, has 45.00 %%"
                                    .formatted(drawn.get(1).name(), drawn.get(2).name()));
                });
        assertThat(bench.jobs()).hasSize(3).allSatisfy(job -> {
            assertThat(job.getStage()).isEqualTo(Stage.FULL);
            assertThat(job.getOrigin()).isEqualTo(Origin.RANDOM);
            assertThat(job.getGenotype()).isEqualTo(drawn.get(1).genotype().toString());
        });
    }

    @Test
    void shouldHoldRandomCellsAgainstTheCeilingsOfTheRun() {
        // Given a ceiling that the smallest of the random cells keeps, and so does the run's own
        var drawn = new RandomSearch(3)
                .cells(CnnSpace.DARTS, List.of(5L)).stream()
                        .map(cell -> (Genotype) cell.genotype())
                        .sorted(Comparator.comparingLong(EvalPlannerTest::parameters))
                        .toList();
        var ceiling = new Ceiling(parameters(drawn.get(1)) - 1, 0L);
        bench.tell(
                Topics.RUNS,
                "r1",
                RunRequested.newBuilder(bound("r1", ceiling, 0))
                        .setRandomCells(3)
                        .build());
        bench.derive(0, drawn.get(0).toString());
        bench.finish(bench.jobs().get(0), 30, 100);

        // That one has been retrained as the run's own
        assertThat(bench.told(Topics.EVALUATIONS, BaselineSelected.class))
                .singleElement()
                .satisfies(baseline -> {
                    assertThat(baseline.getGenotype()).isEqualTo(drawn.get(0).toString());
                    assertThat(baseline.getPassedOver()).hasSize(2);
                });
    }

    @Test
    void shouldNotRetrainACellThatIsIsomorphicToOneThatWas() {
        // Given the same cell in another order of its operands and nodes
        var renamed = Architecture.parse(DARTS_V1).canonical().toString();
        assertThat(renamed).isNotEqualTo(DARTS_V1);
        bench.tell(Topics.RUNS, "g1", IMAGES.given("g1", DARTS_V1));
        var jobs = bench.jobs();

        // When it is wanted while the first is under way
        bench.tell(Topics.RUNS, "g2", IMAGES.given("g2", renamed));
        assertThat(bench.jobs())
                .extracting(EvaluationJob::getJob)
                .containsExactlyElementsOf(
                        jobs.stream().map(EvaluationJob::getJob).toList());
        jobs.forEach(job -> bench.finish(job, 20, 100));

        // Then one retraining stands for both, and what is saved is told once
        var told = bench.told(Topics.EVALUATIONS, SpecificRecord.class);
        assertThat(told)
                .filteredOn(RetrainingReused.class::isInstance)
                .hasSize(3)
                .allSatisfy(event -> {
                    var reused = (RetrainingReused) event;
                    assertThat(reused.getRun()).isEqualTo("g2");
                    assertThat(reused.getGenotype()).isEqualTo(renamed);
                    assertThat(reused.getReusedGenotype()).isEqualTo(DARTS_V1);
                    assertThat(reused.getDeviceSeconds()).isEqualTo(10);
                });
        assertThat(told)
                .filteredOn(event -> event instanceof GenotypeEvaluated evaluated
                        && evaluated.getRun().equals("g2")
                        && evaluated.getOrigin() == Origin.NAMED)
                .singleElement()
                .satisfies(event ->
                        assertThat(((GenotypeEvaluated) event).getGenotype()).isEqualTo(renamed));

        // Another seed is another draw
        var other = RunRequested.newBuilder(IMAGES.given("g3", renamed))
                .setEvaluationSeeds(List.of(7L, 11L))
                .build();
        bench.tell(Topics.RUNS, "g3", other);
        assertThat(bench.jobs()).extracting(EvaluationJob::getSeed).containsExactly(11L, 11L);
    }

    @Test
    void shouldEvaluateWhatAVerdictWantsAndAskForNothingThatIsDone() {
        // Given a run whose cell has become the champion, and another
        bench.tell(Topics.RUNS, "g1", IMAGES.given("g1", DARTS_V1));
        bench.jobs().forEach(job -> bench.finish(job, 20, 100));
        bench.tell(Topics.RUNS, "g2", IMAGES.given("g2", DARTS_V2));
        bench.jobs().forEach(job -> bench.finish(job, 30, 100));
        bench.evaluated();

        var wanted = wanted("g2", 1, 7, 8, 9);
        bench.tell(Topics.EVALUATIONS, "g2", wanted);
        assertThat(bench.jobs()).as("no device second").isEmpty();
        assertThat(bench.evaluated()).singleElement().satisfies(evaluated -> {
            assertThat(evaluated.getRun()).isEqualTo("g2");
            assertThat(evaluated.getOrigin()).isEqualTo(Origin.CHAMPION);
            assertThat(evaluated.getGenotype()).isEqualTo(DARTS_V1);
            assertThat(evaluated.getErrorsPercent()).containsExactly(20.0, 20.0, 20.0);
        });

        // Another seed is another retraining
        bench.tell(Topics.EVALUATIONS, "g2", wanted("g2", 2, 7, 8, 9, 10));
        var job = bench.jobs().get(0);
        assertThat(job.getSeed()).isEqualTo(10);
        assertThat(job.getOrigin()).isEqualTo(Origin.CHAMPION);
        assertThat(job.getSettings()).isEqualTo(IMAGES.retrain(3));
        assertThat(bench.evaluated()).isEmpty();
        bench.finish(job, 24, 100);
        assertThat(bench.evaluated()).singleElement().satisfies(evaluated -> {
            assertThat(evaluated.getSeeds()).containsExactly(7L, 8L, 9L, 10L);
            assertThat(evaluated.getMeanErrorPercent()).isEqualTo(21);
        });

        // A word that was repeated, and one that was replaced
        bench.tell(Topics.EVALUATIONS, "g2", wanted("g2", 2, 7, 8, 9, 10), wanted("g2", 1, 7, 8, 9, 11));
        assertThat(bench.jobs()).isEmpty();
        assertThat(bench.evaluated()).isEmpty();
    }

    private static EvidenceWanted wanted(String run, int number, long... seeds) {
        var hash = Architecture.parse(DARTS_V1).hash();
        var cell = new WantedCell(
                Origin.CHAMPION,
                "",
                DARTS_V1,
                hash,
                Arrays.stream(seeds).boxed().toList());
        return new EvidenceWanted(run, number, List.of(cell), List.of("to compare"));
    }

    private static Map<String, String> twoCells() {
        var cells = new LinkedHashMap<String, String>();
        cells.put("first order", DARTS_V1);
        cells.put("second order", DARTS_V2);
        return cells;
    }

    @Test
    void shouldRetrainBrieflyACellThatIsOnlyMeasured() {
        bench.tell(
                Topics.RUNS,
                "m1",
                RunRequested.newBuilder(IMAGES.given("m1", DARTS_V2))
                        .setMeasureOnly(true)
                        .build());

        var jobs = bench.jobs();
        assertThat(jobs).hasSize(3).allSatisfy(job -> {
            assertThat(job.getStage()).isEqualTo(Stage.SELECTION);
            assertThat(job.getSettings()).isEqualTo(IMAGES.retrain(1));
            assertThat(job.getGenotype()).isEqualTo(DARTS_V2);
        });
        bench.finish(jobs.get(0), 20, 100);
        bench.finish(jobs.get(1), 30, 100);
        assertThat(bench.evaluated()).isEmpty();
        bench.finish(jobs.get(2), 40, 100);
        assertThat(bench.evaluated()).singleElement().satisfies(evaluated -> {
            assertThat(evaluated.getStage()).isEqualTo(Stage.SELECTION);
            assertThat(evaluated.getOrigin()).isEqualTo(Origin.NAMED);
            assertThat(evaluated.getMeanErrorPercent()).isEqualTo(30);
        });
        assertThat(bench.jobs()).isEmpty();
    }

    @Test
    void shouldShareTheRetrainingOfACellThatOneRunFoundAndAnotherWasGiven() {
        selectV1();
        var asked = bench.jobs().stream().map(EvaluationJob::getJob).toList();
        bench.tell(Topics.RUNS, "g1", IMAGES.given("g1", DARTS_V1));
        assertThat(bench.jobs()).hasSize(6).extracting(EvaluationJob::getJob).containsExactlyElementsOf(asked);
    }

    @Test
    void shouldPassOverACellThatIsOverACeilingBeforeItIsRetrained() {
        bench.tell(Topics.RUNS, "r1", bound("r1", new Ceiling(parametersOfV1(), 0L), 0, 1));
        bench.derive(0, DARTS_V2);
        bench.derive(1, DARTS_V1);

        var jobs = bench.jobs();
        assertThat(jobs).extracting(EvaluationJob::getGenotype).containsExactly(DARTS_V1);
        bench.finish(jobs.get(0), 90, 1);
        var selected = bench.selected();
        assertThat(selected.getGenotype()).isEqualTo(DARTS_V1);
        assertThat(selected.getReason())
                .startsWith(
                        "the only cell within the ceilings, validation error 90.00 %; 1 of the searches' cells"
                                + " passed over: the evaluation network (3 cells, 4 channels, 10 classes, 32 x 32 pixels) has ");
        assertThat(selected.getPassedOver())
                .singleElement()
                .satisfies(cell -> assertThat(cell.getGenotype()).isEqualTo(DARTS_V2))
                .satisfies(cell -> assertThat(cell.getSearch()).isEqualTo(IMAGES.searchId(0)));
    }

    @Test
    void shouldTellOnceThatNoCellKeepsWithinTheCeilingsAndRetrainNothing() {
        var run = bound("r1", new Ceiling(0L, 10L), 0, 1);
        bench.tell(Topics.RUNS, "r1", run);
        bench.derive(0, DARTS_V2);
        bench.derive(1, DARTS_V1);

        assertThat(bench.jobs()).isEmpty();
        assertThat(bench.told(Topics.EVALUATIONS, NoCellSelected.class))
                .singleElement()
                .satisfies(none -> {
                    assertThat(none.getRun()).isEqualTo("r1");
                    assertThat(none.getPassedOver()).hasSize(2);
                    assertThat(none.getReason())
                            .startsWith(
                                    "no cell keeps within the ceilings, so none is retrained: the evaluation network")
                            .contains("multiply-adds over the ceiling of 10 (seed 0; 1 more likewise)");
                });
        bench.tell(Topics.RUNS, "r1", new RunFinished("r1", RunOutcome.FAILED, "no cell", 0), run);
        assertThat(bench.jobs()).isEmpty();
    }

    @Test
    void shouldCountTheTransfersNetworkOnceTheClassesOfItsDatasetAreKnown() {
        var transfer = new TransferSettings(
                "scenes", 3, 4, 1, 8, 0, 64, 0.1, 0.97, 0.9, 3e-5, 5.0, 0.0, 0.0, 0.1, 0L, null, 0);
        bench.tell(
                Topics.RUNS,
                "g1",
                RunRequested.newBuilder(IMAGES.given("g1", DARTS_V2))
                        .setTransfer(transfer)
                        .setTransferCeiling(new Ceiling(10L, 0L))
                        .build());
        assertThat(bench.jobs()).isEmpty();
        assertThat(bench.told(Topics.EVALUATIONS, NoCellSelected.class)).isEmpty();

        bench.tell(
                Topics.DATASETS,
                "scenes",
                DatasetPublished.newBuilder(IMAGES.dataset())
                        .setDataset("scenes")
                        .setClasses(4)
                        .build());
        assertThat(bench.told(Topics.EVALUATIONS, NoCellSelected.class))
                .singleElement()
                .satisfies(none -> assertThat(none.getReason())
                        .contains("the transfer network (3 cells, 4 channels, 4 classes, 64 x 64 pixels) has"));
        assertThat(bench.jobs()).isEmpty();
    }

    @Test
    void shouldIgnoreRepeatsAndOvertakenAttempts() {
        bench.tell(Topics.RUNS, "r1", IMAGES.run("r1", 0), IMAGES.run("r1", 0));
        bench.tell(
                Topics.GENOTYPES,
                IMAGES.searchId(0),
                IMAGES.derived(0, DARTS_V1, true, 2),
                IMAGES.derived(0, DARTS_V2, true, 1));
        bench.derive(0, DARTS_V1);
        var jobs = bench.jobs();
        assertThat(jobs).extracting(EvaluationJob::getGenotype).containsExactly(DARTS_V1);
        var job = jobs.get(0);
        bench.tell(Topics.EVALUATIONS, "r1", IMAGES.retrained(job, 30, 1, 3), IMAGES.retrained(job, 5, 1, 2));
        bench.finish(job, 30, 1);
        var selected = bench.told(Topics.EVALUATIONS, CellSelected.class);
        assertThat(selected).hasSize(1);
        assertThat(selected.get(0).getCandidates().get(0).getErrorPercent()).isEqualTo(30);
        assertThat(bench.jobs()).hasSize(6);
    }

    @Test
    void shouldStopARunOfWhichAJobHasFailedForGood() {
        bench.tell(Topics.RUNS, "r1", IMAGES.run("r1", 0, 1));
        bench.derive(0, DARTS_V1);
        bench.derive(1, DARTS_V2);
        var jobs = bench.jobs();
        fail(jobs.get(0), true);
        bench.finish(jobs.get(0), 30, 1);
        fail(jobs.get(1), false);
        bench.derive(0, DARTS_V1);
        assertThat(bench.jobs()).isEmpty();
        assertThat(bench.told(Topics.EVALUATIONS, CellSelected.class)).isEmpty();
    }

    @Test
    void shouldGoOnWhereAFailedJobHasAResultAlready() {
        bench.tell(Topics.RUNS, "r1", IMAGES.run("r1", 0));
        bench.derive(0, DARTS_V1);
        var job = bench.jobs().get(0);
        bench.finish(job, 30, 1);
        fail(job, false);
        assertThat(bench.jobs()).hasSize(6);
        assertThat(bench.told(Topics.RUNS, RunBlocked.class)).isEmpty();
    }

    @Test
    void shouldTellEveryRunThatSharesAFailedRetrainingThatItIsBlocked() {
        // Given two runs on one selection, and a third whose selection is another
        bench.tell(Topics.RUNS, "r1", IMAGES.run("r1", 0));
        bench.tell(Topics.RUNS, "r2", IMAGES.run("r2", 0));
        bench.tell(
                Topics.RUNS,
                "r3",
                RunRequested.newBuilder(IMAGES.run("r3", 0))
                        .setSelection(IMAGES.retrain(2))
                        .build());
        bench.derive(0, DARTS_V1);

        // When
        fail(bench.jobs().get(0), false);

        // Then
        assertThat(bench.told(Topics.RUNS, RunBlocked.class))
                .extracting(RunBlocked::getRun, RunBlocked::getRequestEpoch, RunBlocked::getStage)
                .containsExactly(tuple("r1", 1, "evaluation"), tuple("r2", 1, "evaluation"));
    }

    @Test
    void shouldBlockARunThatComesToNeedAFailedRetrainingWhenThatFailsForItToo() {
        // Given a retraining that has failed for one run before another knows its cell
        bench.tell(Topics.RUNS, "r1", IMAGES.run("r1", 0));
        bench.derive(0, DARTS_V1);
        fail(bench.jobs().get(0), false);
        bench.tell(Topics.RUNS, "r2", IMAGES.run("r2", 0));

        // When its own record comes to the same end
        var job = bench.jobs().get(0);
        assertThat(job.getRun()).isEqualTo("r2");
        fail(job, false);

        // Then
        assertThat(bench.told(Topics.RUNS, RunBlocked.class))
                .extracting(RunBlocked::getRun)
                .containsExactly("r1", "r2");
    }

    @Test
    void shouldBlockARunThatCannotBePlannedAndGoOnWithItsNeighbour() {
        // Given one whose network has more multiply-adds than can be counted
        var run = bound("r1", new Ceiling(0L, 10L), 0);
        var broken = RunRequested.newBuilder(run)
                .setEvaluation(RetrainSettings.newBuilder(run.getEvaluation())
                        .setChannels(Integer.MAX_VALUE)
                        .build())
                .build();
        bench.tell(Topics.RUNS, "r1", broken);
        bench.tell(Topics.RUNS, "r2", IMAGES.run("r2", 0));

        // When one fact concerns both
        bench.derive(0, DARTS_V1);

        // Then
        assertThat(bench.jobs()).extracting(EvaluationJob::getRun).containsExactly("r2");
        assertThat(bench.told(Topics.RUNS, RunBlocked.class)).singleElement().satisfies(word -> {
            assertThat(word.getRun()).isEqualTo("r1");
            assertThat(word.getReason()).startsWith("it cannot be planned: ");
        });
        assertThat(bench.refusals()).isEmpty();
    }

    @Test
    void shouldAskAgainForARetrainingWhoseRecordIsGone() {
        bench.tell(Topics.RUNS, "r1", IMAGES.run("r1", 0));
        bench.derive(0, DARTS_V1);
        var job = bench.jobs().get(0);
        bench.pass(Duration.ofHours(3));
        assertThat(bench.jobs()).isNotEmpty().containsOnly(job);
    }

    @Test
    void shouldTryAFailedJobAgainForARunThatAsksLater() {
        bench.tell(Topics.RUNS, "r1", IMAGES.run("r1", 0));
        bench.derive(0, DARTS_V1);
        var job = bench.jobs().get(0);
        fail(job, false);
        bench.tell(Topics.RUNS, "r1", new RunFinished("r1", RunOutcome.FAILED, "killed", 1));
        assertThat(bench.jobs()).isEmpty();
        bench.tell(Topics.RUNS, "r2", IMAGES.run("r2", 0));
        assertThat(bench.jobs()).extracting(EvaluationJob::getJob).containsExactly(job.getJob());
        bench.finish(job, 30, 1);
        assertThat(bench.selected().getRun()).isEqualTo("r2");
    }

    @Test
    void shouldAskAgainForWhatIsUnfinishedWhenAFailedRunIsRequestedOnceMore() {
        bench.tell(Topics.RUNS, "r1", IMAGES.run("r1", 0));
        bench.derive(0, DARTS_V1);
        var job = bench.jobs().get(0);
        fail(job, false);
        bench.tell(Topics.RUNS, "r1", new RunFinished("r1", RunOutcome.FAILED, "killed", 1));
        bench.tell(Topics.RUNS, "r1", IMAGES.run("r1", 0), IMAGES.run("r1", 0));
        assertThat(bench.jobs())
                .containsExactly(
                        EvaluationJob.newBuilder(job).setRequestEpoch(2).build());
    }

    @Test
    void shouldAskForNothingOnceARunHasSucceeded() {
        bench.tell(Topics.RUNS, "r1", IMAGES.run("r1", 0));
        bench.tell(Topics.RUNS, "r1", new RunFinished("r1", RunOutcome.SUCCEEDED, "", 0));
        bench.tell(Topics.RUNS, "r1", IMAGES.run("r1", 0));
        bench.derive(0, DARTS_V1);
        assertThat(bench.jobs()).isEmpty();
    }

    @Test
    void shouldAskForNothingWhileARunIsPausedAndForWhatIsUnfinishedWhenItGoesOn() {
        bench.tell(Topics.RUNS, "r1", IMAGES.run("r1", 0, 1));
        bench.derive(0, DARTS_V1);
        bench.derive(1, DARTS_V2);
        var jobs = bench.jobs();
        bench.tell(Topics.RUNS, "r1", new RunPaused("r1", "maintenance", 0));
        bench.finish(jobs.get(0), 30, 1);
        assertThat(bench.jobs()).isEmpty();

        bench.tell(Topics.RUNS, "r1", new RunResumed("r1", "", 0), new RunResumed("r1", "", 0));
        assertThat(bench.jobs()).containsExactly(jobs.get(1));
    }

    @Test
    void shouldAskForNothingForACancelledRun() {
        bench.tell(Topics.RUNS, "r1", IMAGES.run("r1", 0));
        bench.tell(Topics.RUNS, "r1", new RunCancelled("r1", "", 0));
        bench.derive(0, DARTS_V1);
        assertThat(bench.jobs()).isEmpty();
    }

    @Test
    void shouldNotEndARunByTheLateEndOfItsCancellation() {
        bench.tell(Topics.RUNS, "r1", IMAGES.run("r1", 0));
        bench.tell(Topics.RUNS, "r1", new RunCancelled("r1", "", 0));
        bench.tell(Topics.RUNS, "r1", IMAGES.run("r1", 0));
        bench.tell(Topics.RUNS, "r1", new RunFinished("r1", RunOutcome.CANCELLED, "cancelled", 1));
        bench.derive(0, DARTS_V1);
        assertThat(bench.jobs()).hasSize(1);
    }

    @Test
    void shouldShareAJobAndLookAfterItWhenTheFirstRunIsCancelled() {
        bench.tell(Topics.RUNS, "r1", IMAGES.run("r1", 0));
        bench.tell(Topics.RUNS, "r2", IMAGES.run("r2", 0));
        bench.derive(0, DARTS_V1);
        var asked = bench.jobs();
        assertThat(asked).extracting(EvaluationJob::getRun).containsExactly("r1", "r2");
        assertThat(asked.get(0).getJob()).isEqualTo(asked.get(1).getJob());

        bench.tell(Topics.RUNS, "r1", new RunCancelled("r1", "", 0));
        bench.pass(Duration.ofHours(1));
        assertThat(bench.jobs()).isNotEmpty().containsOnly(asked.get(1));

        bench.finish(asked.get(0), 30, 1);
        assertThat(bench.selected().getRun()).isEqualTo("r2");
    }

    @Test
    void shouldDeadLetterGarbageOnEachTopicAndGoOn() {
        bench.tell(Topics.RUNS, "r1", IMAGES.run("r1", 0));
        for (var topic : new EvalPlanner(EvalBench.PATIENCE).inputs()) {
            bench.tellBytes(topic, "k", "garbage".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(bench.refusals()).hasSize(7).allMatch(reason -> reason.contains("not an event"));
        bench.derive(0, DARTS_V1);
        assertThat(bench.jobs()).hasSize(1);
    }

    @Test
    void shouldDrawTheSameRandomCellForTheSameSeed() {
        assertThat(Architecture.random(CnnSpace.DARTS, 5)).isEqualTo(Architecture.random(CnnSpace.DARTS, 5));
        assertThat(Architecture.random(CnnSpace.DARTS, 5)).isNotEqualTo(Architecture.random(CnnSpace.DARTS, 6));
    }

    private static RunRequested bound(String run, Ceiling ceiling, long... seeds) {
        return RunRequested.newBuilder(IMAGES.run(run, seeds))
                .setEvaluationCeiling(ceiling)
                .build();
    }

    /** In the evaluation network of the tests; DARTS_V2 has more. */
    private static long parametersOfV1() {
        return parameters(PublishedGenotypes.DARTS_V1);
    }

    private static long parameters(Genotype cell) {
        return NetworkCost.of(Stem.CIFAR, cell, new NetworkShape(4, 3, 10), ImageSize.square(32))
                .parameters();
    }

    private void selectV1() {
        assertThat(bench.selectOnly("r1", DARTS_V1, 30)).isEqualTo("the only search's cell, validation error 30.00 %");
    }

    private void fail(EvaluationJob job, boolean retryable) {
        bench.tell(
                Topics.FAILURES,
                job.getJob(),
                new JobFailed(
                        job.getJob(), job.getRun(), "evaluation", 1, "out of memory", retryable, "w", 0, List.of()));
    }
}
