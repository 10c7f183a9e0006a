package io.dartboard.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dartboard.events.ArtifactRef;
import io.dartboard.events.ChampionDecided;
import io.dartboard.events.Comparison;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.EvidenceWanted;
import io.dartboard.events.Finding;
import io.dartboard.events.GenotypeEvaluated;
import io.dartboard.events.GenotypeTransferred;
import io.dartboard.events.JobFailed;
import io.dartboard.events.Layout;
import io.dartboard.events.Measure;
import io.dartboard.events.Origin;
import io.dartboard.events.RecurrentTrainSettings;
import io.dartboard.events.RetrainSettings;
import io.dartboard.events.RunCancelled;
import io.dartboard.events.RunFinished;
import io.dartboard.events.RunOutcome;
import io.dartboard.events.RunPaused;
import io.dartboard.events.RunRequested;
import io.dartboard.events.RunResumed;
import io.dartboard.events.Scores;
import io.dartboard.events.SearchSettings;
import io.dartboard.events.Stage;
import io.dartboard.events.StageFinishRequested;
import io.dartboard.events.Standing;
import io.dartboard.events.Task;
import io.dartboard.events.TransferJob;
import io.dartboard.events.TransferSettings;
import io.dartboard.events.Verdict;
import io.dartboard.events.WantedCell;
import io.dartboard.nas.genotype.Architecture;
import io.dartboard.nas.genotype.ArchitectureDistance;
import io.dartboard.nas.genotype.PublishedGenotypes;
import io.dartboard.nas.genotype.PublishedRecurrentGenotypes;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.pipeline.score.Score;
import io.dartboard.pipeline.score.SeedScores;
import io.dartboard.pipeline.testkit.PlannerBench;
import io.dartboard.pipeline.testkit.Samples;
import io.dartboard.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransferPlannerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path state;

    private PlannerBench bench;

    @BeforeEach
    void setUp() {
        bench = new PlannerBench(new TransferPlanner(PATIENCE, 0.05), state);
    }

    @AfterEach
    void tearDown() {
        bench.close();
    }

    @Test
    void shouldTransferTheChosenCellWhenBothCellsAreEvaluated() {
        bench.tell(Topics.DATASETS, "scenes", scenes("1"));
        bench.tell(Topics.RUNS, "r1", run("r1", "1", true, 3));
        evaluate("r1", Origin.SEARCHED, "cell", 20, 1);
        assertThat(jobs()).isEmpty();
        evaluate("r1", Origin.RANDOM, "random", 30, 1);

        var job = onlyJob();
        assertThat(job.getGenotype()).isEqualTo("cell");
        assertThat(job.getDataset()).isEqualTo(scenes("1"));
        assertThat(job.getSettings()).isEqualTo(transfer());
        assertThat(verdicts()).isEmpty();

        finish(job, 1);
        assertThat(verdicts()).extracting(ChampionDecided::getVerdict).containsExactly(Verdict.PROMOTED);
    }

    @Test
    void shouldJudgeByATransferThatWasFinishedEarlyOnlyWhereThatWasWanted() {
        bench.tell(Topics.DATASETS, "scenes", scenes("1"));
        bench.tell(Topics.RUNS, "r1", run("r1", "1", true, 3));
        evaluateBoth("r1", 20, 30);
        var job = onlyJob();
        finish(job, 1, true);
        assertThat(verdicts()).isEmpty();

        bench.tell(Topics.RUNS, "r1", new StageFinishRequested("r1", "transfer", "", 1));
        assertThat(jobs()).as("what it has now is another thing").hasSize(1);
        finish(job, 2, true);

        assertThat(onlyVerdict().getReasons()).noneMatch(reason -> reason.contains("told to finish"));
        assertThat(jobs()).as("it has what it wants").isEmpty();
    }

    @Test
    void shouldSayWhereTheEvaluationWasToldToFinish() {
        bench.tell(Topics.RUNS, "r1", run("r1", "1", false, 3));
        bench.tell(Topics.RUNS, "r1", new StageFinishRequested("r1", "evaluation", "", 1));
        evaluateBoth("r1", 20, 30);

        assertThat(onlyVerdict().getReasons()).anyMatch(reason -> reason.contains("was told to finish"));
    }

    @Test
    void shouldTransferAndJudgeAGivenGenotypeLikeAChosenOne() {
        bench.tell(Topics.DATASETS, "scenes", scenes("1"));
        var given = RunRequested.newBuilder(run("g1", "1", true, 3))
                .setSearchSeeds(List.of())
                .setGenotype("cell")
                .build();
        bench.tell(Topics.RUNS, "g1", given);
        evaluate("g1", Origin.RANDOM, "random", 30, 1);
        assertThat(jobs()).isEmpty();
        evaluate("g1", Origin.NAMED, "cell", 20, 1);

        var job = onlyJob();
        assertThat(job.getGenotype()).isEqualTo("cell");
        finish(job, 1);
        var decided = onlyVerdict();
        assertThat(decided.getVerdict()).isEqualTo(Verdict.PROMOTED);
        assertThat(decided.getChallenger().getGenotype()).isEqualTo("cell");
    }

    @Test
    void shouldSayAmongHowManyNamedCellsTheJudgedOneWasChosen() {
        publishShapes("1");
        var given = RunRequested.newBuilder(run("g1", "1", false, 3))
                .setSearchSeeds(List.of())
                .setGenotypes(List.of("other", "cell"))
                .setGenotypeNames(List.of("", "DARTS_V2"))
                .build();
        bench.tell(Topics.RUNS, "g1", given);
        evaluate("g1", Origin.RANDOM, "random", 30, 1);
        evaluate("g1", Origin.NAMED, "cell", 20, 1);
        assertThat(onlyVerdict().getReasons()).contains("chosen by validation among 2 given cells: DARTS_V2");

        var drawn = RunRequested.newBuilder(given)
                .setRun("r1")
                .setSearchSeeds(List.of(0L))
                .build();
        bench.tell(Topics.RUNS, "r1", drawn);
        evaluate("r1", Origin.RANDOM, "random", 30, 1);
        evaluate("r1", Origin.SEARCHED, "other", 20, 1);
        assertThat(onlyVerdict().getReasons()).contains("chosen by validation among 2 cells drawn at random");
    }

    @Test
    void shouldSayAmongHowManyTheRandomCellWasChosen() {
        bench.tell(
                Topics.RUNS,
                "r1",
                RunRequested.newBuilder(run("r1", "1", false, 3))
                        .setRandomCells(4)
                        .setRandomCellSeed(77)
                        .build());
        evaluateBoth("r1", 20, 30);
        assertThat(onlyVerdict().getReasons())
                .contains("the random cell is the best by validation among 4 drawn with seed 77");
    }

    @Test
    void shouldNeitherTransferNorJudgeACellThatIsOnlyMeasured() {
        bench.tell(Topics.DATASETS, "scenes", scenes("1"));
        var measuring = RunRequested.newBuilder(run("m1", "1", true, 3))
                .setSearchSeeds(List.of())
                .setGenotype("cell")
                .setMeasureOnly(true)
                .build();
        bench.tell(Topics.RUNS, "m1", measuring);
        evaluate("m1", Origin.NAMED, "cell", 20, 1);
        evaluate("m1", Origin.RANDOM, "random", 30, 1);
        assertThat(jobs()).isEmpty();
        assertThat(verdicts()).isEmpty();
    }

    @Test
    void shouldWaitForTheTransferDatasetAndStayOnTheVersionThatWasNewestThen() {
        bench.tell(Topics.RUNS, "r1", run("r1", "1", true, 3));
        bench.tell(Topics.DATASETS, "scenes", scenes("1"), scenes("2"));
        evaluateBoth("r1", 20, 30);
        assertThat(onlyJob().getDataset().getVersion()).isEqualTo("1");
    }

    @Test
    void shouldJudgeAtOnceWhereNoTransferIsAskedFor() {
        bench.tell(Topics.RUNS, "r1", run("r1", "1", false, 3));
        evaluateBoth("r1", 20, 30);
        assertThat(jobs()).isEmpty();

        var decided = onlyVerdict();
        assertThat(decided.getVerdict()).isEqualTo(Verdict.PROMOTED);
        assertThat(decided.getChallenger())
                .isEqualTo(new Standing(
                        "r1",
                        cell("r1"),
                        "hash-" + cell("r1"),
                        20.0,
                        1.0,
                        3,
                        Measure.ERROR_PERCENT,
                        0.0,
                        0.0,
                        scores(Measure.ERROR_PERCENT, 20.0, 1.0),
                        null,
                        null));
        assertThat(decided.getRandomCell())
                .isEqualTo(new Standing(
                        "r1",
                        "random",
                        "hash-random",
                        30.0,
                        1.0,
                        3,
                        Measure.ERROR_PERCENT,
                        0.0,
                        0.0,
                        scores(Measure.ERROR_PERCENT, 30.0, 1.0),
                        null,
                        null));
        assertThat(decided.getChampion()).isEqualTo(decided.getChallenger());
        assertThat(decided.getPrevious()).isNull();
        assertThat(decided.getReasons())
                .containsExactly(
                        "better than the random cell: test error 20.00 ± 1.00 % against 30.00 ± 1.00 %, 10.00 points"
                                + " lower; Welch's t p = 0.0001 at level 0.05",
                        "dataset shapes has no champion yet",
                        "judged on the test set, for the evaluation holds nothing else out: give it a validPortion");
    }

    @Test
    void shouldRejectACellThatIsWorseThanTheRandomCell() {
        bench.tell(Topics.RUNS, "r1", run("r1", "1", false, 3));
        evaluateBoth("r1", 23, 20);
        var decided = onlyVerdict();
        assertThat(decided.getVerdict()).isEqualTo(Verdict.REJECTED);
        assertThat(decided.getChampion()).isNull();
        assertThat(decided.getSeedsToDecide()).isNull();
        assertThat(decided.getReasons().get(0)).startsWith("worse than the random cell");
    }

    @Test
    void shouldSayHowManySeedsWouldTellTheCellFromTheRandomCell() {
        bench.tell(Topics.RUNS, "r1", run("r1", "1", false, 3));
        evaluateBoth("r1", 20, 21);
        var decided = onlyVerdict();
        assertThat(decided.getVerdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(decided.getChampion()).isNull();
        // The pairs differ by 1 each, so that from five on they would be told apart
        assertThat(decided.getReasons().get(0))
                .isEqualTo("not to be told from the random cell: test error 20.00 ± 1.00 % against 21.00 ± 1.00 %, 1.00"
                        + " points lower; Welch's t p = 0.1439 at level 0.05; 5 seeds would find a difference like"
                        + " this");
        assertThat(decided.getSeedsToDecide()).isEqualTo(5);
        assertThat(decided.getComparisons()).singleElement().satisfies(comparison -> {
            assertThat(comparison.getAgainst()).isEqualTo("the random cell");
            assertThat(comparison.getTest()).isEqualTo("welch");
            assertThat(comparison.getDegrees()).isEqualTo(4);
            assertThat(comparison.getFinding()).isEqualTo(Finding.UNTOLD);
        });
    }

    @Test
    void shouldRejectACellThatIsTheRandomCell() {
        bench.tell(Topics.RUNS, "r1", run("r1", "1", false, 3));
        evaluate("r1", Origin.SEARCHED, "random", 20, 1);
        evaluate("r1", Origin.RANDOM, "random", 20, 1);
        var decided = onlyVerdict();
        assertThat(decided.getVerdict()).isEqualTo(Verdict.REJECTED);
        assertThat(decided.getReasons().get(0)).isEqualTo("the random cell is the same cell");
    }

    @Test
    void shouldTellHowFarTheCellIsFromTheChampion() {
        bench.tell(Topics.RUNS, "r1", run("r1", "1", false, 3));
        evaluate("r1", Origin.SEARCHED, PublishedGenotypes.DARTS_V1.toString(), 20, 1);
        evaluate("r1", Origin.RANDOM, "random", 30, 1);
        assertThat(onlyVerdict().getReasons()).noneMatch(reason -> reason.contains("from the champion"));
        publishShapes("1");
        bench.tell(Topics.RUNS, "r2", run("r2", "1", false, 3));
        evaluate("r2", Origin.SEARCHED, PublishedGenotypes.DARTS_V2.toString(), 18, 1);
        evaluate("r2", Origin.RANDOM, "random", 30, 1);
        answer(20);

        var distance = ArchitectureDistance.between(PublishedGenotypes.DARTS_V1, PublishedGenotypes.DARTS_V2);
        assertThat(onlyVerdict().getReasons())
                .contains("an architecture distance of %s from the champion"
                        .formatted(String.format(Locale.ROOT, "%.5f", distance)));
    }

    @Test
    void shouldTellTheEditsBetweenRecurrentCells() {
        bench.tell(Topics.DATASETS, "shapes", tales("1", 80));
        bench.tell(Topics.RUNS, "r1", textRun("r1"));
        evaluateText("r1", Origin.SEARCHED, PublishedRecurrentGenotypes.DARTS_V1.toString(), 61, 0.4);
        evaluateText("r1", Origin.RANDOM, "random", 70, 0.4);
        bench.tell(Topics.RUNS, "r2", textRun("r2"));
        assertThat(verdicts()).hasSize(1);
        evaluateText("r2", Origin.SEARCHED, PublishedRecurrentGenotypes.DARTS_V2.toString(), 59, 0.4);
        evaluateText("r2", Origin.RANDOM, "random", 70, 0.4);
        answerText(61);
        assertThat(onlyVerdict().getReasons()).anyMatch(reason -> reason.matches("\\d+ edits from the champion"));
    }

    @Test
    void shouldKeepTheChampionWhereTheSeedsDoNotTell() {
        champion("r1", 20);
        bench.tell(Topics.RUNS, "r2", run("r2", "1", false, 3));
        evaluateBoth("r2", 19.5, 30);
        answer(20);
        var decided = onlyVerdict();
        assertThat(decided.getVerdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(standing(decided.getPrevious()).getRun()).isEqualTo("r1");
        assertThat(standing(decided.getChampion()).getRun()).isEqualTo("r1");
    }

    @Test
    void shouldKeepTheChampionThatIsBetter() {
        champion("r1", 20);
        bench.tell(Topics.RUNS, "r2", run("r2", "1", false, 3));
        evaluateBoth("r2", 23, 30);
        answer(20);
        var decided = onlyVerdict();
        assertThat(decided.getVerdict()).isEqualTo(Verdict.KEPT);
        assertThat(standing(decided.getChampion()).getRun()).isEqualTo("r1");
    }

    @Test
    void shouldJudgeByWhatWasHeldOutWhateverTheTestSetSays() {
        bench.tell(Topics.RUNS, "r1", run("r1", "1", false, 3));
        validate("r1", Origin.SEARCHED, cell("r1"), 20, 35);
        validate("r1", Origin.RANDOM, "random", 30, 25);

        var decided = onlyVerdict();
        assertThat(decided.getVerdict()).isEqualTo(Verdict.PROMOTED);
        assertThat(decided.getReasons())
                .containsExactly(
                        "better than the random cell: validation error 20.00 ± 1.00 % against 30.00 ± 1.00 %, 10.00"
                                + " points lower; Welch's t p = 0.0001 at level 0.05",
                        "dataset shapes has no champion yet", "test error 35.00 ± 1.00 %, which has decided nothing");
        assertThat(decided.getComparisons()).allMatch(Comparison::getOnValidation);

        // And the champion too
        publishShapes("1");
        bench.tell(Topics.RUNS, "r2", run("r2", "1", false, 3));
        validate("r2", Origin.SEARCHED, cell("r2"), 23, 5);
        validate("r2", Origin.RANDOM, "random", 30, 25);
        validate("r2", Origin.CHAMPION, onlyWanted().getCells().get(0).getGenotype(), 20, 35);
        assertThat(onlyVerdict().getVerdict()).isEqualTo(Verdict.KEPT);
    }

    @Test
    void shouldNotPromoteByOneSeed() {
        bench.tell(
                Topics.RUNS,
                "r1",
                RunRequested.newBuilder(run("r1", "1", false, 3))
                        .setEvaluationSeeds(List.of(0L))
                        .build());
        evaluateOnce("r1", Origin.SEARCHED, "cell", 1);
        evaluateOnce("r1", Origin.RANDOM, "random", 90);
        var decided = onlyVerdict();
        assertThat(decided.getVerdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(decided.getSeedsToDecide()).isEqualTo(5);
        assertThat(decided.getReasons().get(0)).contains("one seed shows no deviation");
    }

    @Test
    void shouldPromoteACellThatIsBetterThanTheChampion() {
        champion("r1", 20);
        bench.tell(Topics.RUNS, "r2", run("r2", "1", false, 3));
        evaluateBoth("r2", 18, 30);
        answer(20);
        var decided = onlyVerdict();
        assertThat(decided.getVerdict()).isEqualTo(Verdict.PROMOTED);
        assertThat(standing(decided.getPrevious()).getRun()).isEqualTo("r1");
        assertThat(standing(decided.getChampion()).getRun()).isEqualTo("r2");
    }

    @Test
    void shouldNotLoseTheChampionToARejectedRun() {
        champion("r1", 20);
        bench.tell(Topics.RUNS, "r2", run("r2", "1", false, 3));
        evaluateBoth("r2", 40, 30);
        assertThat(standing(onlyVerdict().getChampion()).getRun()).isEqualTo("r1");
        bench.tell(Topics.RUNS, "r3", run("r3", "1", false, 3));
        evaluateBoth("r3", 10, 30);
        answer(20);
        assertThat(standing(onlyVerdict().getPrevious()).getRun()).isEqualTo("r1");
    }

    @Test
    void shouldHaveTheChampionOfAnotherVersionEvaluatedOnThisOne() {
        champion("r1", 5);
        publishShapes("2");
        bench.tell(Topics.RUNS, "r2", run("r2", "2", false, 3));
        evaluateBoth("r2", 20, 30);

        assertThat(verdicts()).as("not before both are known on this version").isEmpty();
        var wanted = onlyWanted();
        assertThat(wanted.getRun()).isEqualTo("r2");
        assertThat(wanted.getNumber()).isEqualTo(1);
        assertThat(wanted.getCells())
                .containsExactly(
                        new WantedCell(Origin.CHAMPION, "", cell("r1"), "hash-" + cell("r1"), List.of(0L, 1L, 2L)));
        assertThat(wanted.getReasons())
                .containsExactly(
                        "the champion of run r1, found on version 1, is evaluated like the run's own cell, to be"
                                + " compared with");

        // On the version before it had 5 %: that decides nothing here
        evaluate("r2", Origin.CHAMPION, cell("r1"), 25, 1);
        var decided = onlyVerdict();
        assertThat(decided.getVerdict()).isEqualTo(Verdict.PROMOTED);
        assertThat(standing(decided.getPrevious()).getRun()).isEqualTo("r1");
        assertThat(standing(decided.getPrevious()).getMeanErrorPercent()).isEqualTo(25);
        assertThat(standing(decided.getPrevious()).getDatasetVersion()).isNull();
    }

    @Test
    void shouldKeepTheChampionOfAnotherVersionThatIsBetterOnThisOneToo() {
        champion("r1", 5);
        publishShapes("2");
        bench.tell(Topics.RUNS, "r2", run("r2", "2", false, 3));
        evaluateBoth("r2", 20, 30);
        answer(15);
        var decided = onlyVerdict();
        assertThat(decided.getVerdict()).isEqualTo(Verdict.KEPT);
        assertThat(standing(decided.getChampion()).getRun()).isEqualTo("r1");
        assertThat(standing(decided.getChampion()).getMeanErrorPercent()).isEqualTo(15);

        // It is the champion of this version from now on, with the figures of this version
        bench.tell(Topics.RUNS, "r3", run("r3", "2", false, 3));
        evaluateBoth("r3", 10, 30);
        assertThat(onlyWanted().getReasons()).noneMatch(reason -> reason.contains("found on version"));
    }

    @Test
    void shouldHaveTheChampionEvaluatedUnderTheBudgetOfTheRun() {
        champion("r1", 20);
        bench.tell(Topics.RUNS, "r2", run("r2", "1", false, 30));
        evaluateBoth("r2", 10, 30);
        assertThat(verdicts()).isEmpty();
        answer(14);
        assertThat(onlyVerdict().getVerdict()).isEqualTo(Verdict.PROMOTED);
    }

    @Test
    void shouldNotSpendAnythingOnTheChampionForACellThatIsRejected() {
        champion("r1", 20);
        bench.tell(Topics.RUNS, "r2", run("r2", "2", false, 3));
        evaluateBoth("r2", 40, 30);
        assertThat(wanted()).isEmpty();
        var decided = onlyVerdict();
        assertThat(decided.getVerdict()).isEqualTo(Verdict.REJECTED);
        assertThat(decided.getReasons())
                .contains(
                        "the champion of run r1 is not compared: the cell is rejected whatever the champion comes to");
        assertThat(standing(decided.getChampion()).getDatasetVersion()).isEqualTo("1");
    }

    @Test
    void shouldWantTheNewChampionWhereItHasChangedMeanwhile() {
        champion("r1", 20);
        bench.tell(Topics.RUNS, "r2", run("r2", "1", false, 3));
        bench.tell(Topics.RUNS, "r3", run("r3", "1", false, 3));
        evaluateBoth("r2", 15, 30);
        evaluateBoth("r3", 10, 30);
        assertThat(wanted()).extracting(EvidenceWanted::getRun).containsExactly("r2", "r3");
        evaluate("r2", Origin.CHAMPION, cell("r1"), 20, 1);
        assertThat(onlyVerdict().getVerdict()).isEqualTo(Verdict.PROMOTED);

        evaluate("r3", Origin.CHAMPION, cell("r1"), 20, 1);
        assertThat(verdicts()).isEmpty();
        var next = onlyWanted();
        assertThat(next.getNumber()).isEqualTo(2);
        assertThat(next.getCells()).extracting(WantedCell::getGenotype).containsExactly(cell("r2"));
        evaluate("r3", Origin.CHAMPION, cell("r2"), 15, 1);
        var decided = onlyVerdict();
        assertThat(decided.getVerdict()).isEqualTo(Verdict.PROMOTED);
        assertThat(standing(decided.getPrevious()).getRun()).isEqualTo("r2");
    }

    @Test
    void shouldNotCompareWithAChampionWhoseCellCannotBeTrainedUnderTheSettings() {
        publishShapes("1");
        bench.tell(Topics.RUNS, "r1", run("r1", "1", false, 3));
        evaluate("r1", Origin.SEARCHED, PublishedRecurrentGenotypes.DARTS_V1.toString(), 20, 1);
        evaluate("r1", Origin.RANDOM, "random", 30, 1);
        assertThat(onlyVerdict().getVerdict()).isEqualTo(Verdict.PROMOTED);
        bench.tell(Topics.RUNS, "r2", run("r2", "1", false, 3));
        evaluateBoth("r2", 10, 30);
        assertThat(wanted()).isEmpty();
        var decided = onlyVerdict();
        assertThat(decided.getVerdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(decided.getReasons())
                .contains(
                        "the champion of run r1 is not compared: its cell cannot be trained under the settings of this"
                                + " run: the cell is one for texts, and the evaluation is not");
    }

    @Test
    void shouldNotCompareAnEvaluationThatWasToldToFinish() {
        champion("r1", 20);
        bench.tell(Topics.RUNS, "r2", run("r2", "1", false, 3));
        bench.tell(Topics.RUNS, "r2", new StageFinishRequested("r2", "evaluation", "", 1));
        evaluateBoth("r2", 10, 30);
        assertThat(wanted()).isEmpty();
        assertThat(onlyVerdict().getVerdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void shouldAddSeedsForBothCellsWhileTheyDoNotTell() {
        bench.tell(Topics.RUNS, "r1", withBudget(run("r1", "1", false, 3), 9));
        evaluateBoth("r1", 20, 21);
        assertThat(verdicts()).isEmpty();
        var wanted = onlyWanted();
        assertThat(wanted.getCells()).extracting(WantedCell::getOrigin).containsExactly(Origin.SEARCHED, Origin.RANDOM);
        assertThat(wanted.getCells()).allMatch(cell -> cell.getSeeds().equals(List.of(0L, 1L, 2L, 3L, 4L, 5L)));
        assertThat(wanted.getReasons())
                .containsExactly(
                        "3 seeds do not tell and more may, so there will be 6: looks at 3, 6, 12 seeds at levels"
                                + " 0.0031, 0.0094, 0.0375");

        // One alone is not looked at
        evaluateEach("r1", Origin.SEARCHED, cell("r1"), 19, 20, 21, 19, 20, 21);
        assertThat(verdicts()).isEmpty();
        evaluateEach("r1", Origin.RANDOM, "random", 20.1, 21, 21.9, 20.2, 21.1, 21.8);

        var decided = onlyVerdict();
        assertThat(decided.getVerdict()).isEqualTo(Verdict.PROMOTED);
        assertThat(decided.getChallenger().getSeeds()).isEqualTo(6);
        assertThat(decided.getComparisons().get(0).getLevel()).isCloseTo(0.05 * 3 / 16, within(1e-12));
        assertThat(decided.getReasons())
                .contains(
                        "each cell had 6 seeds of up to 12: looks at 3, 6, 12 seeds at levels 0.0031, 0.0094, 0.0375");

        // What was known before tells nothing new
        evaluate("r1", Origin.SEARCHED, cell("r1"), 20, 1);
        assertThat(wanted()).isEmpty();
        assertThat(verdicts()).isEmpty();
    }

    @Test
    void shouldAddSeedsForTheChampionAloneWhereTheRandomCellIsToldApart() {
        champion("r1", 20);
        bench.tell(Topics.RUNS, "r2", withBudget(run("r2", "1", false, 3), 3));
        evaluateBoth("r2", 19.5, 40);
        answer(20.5);
        var more = wanted();
        assertThat(more).extracting(EvidenceWanted::getNumber).containsExactly(2);
        assertThat(more.get(0).getCells())
                .extracting(WantedCell::getOrigin)
                .containsExactly(Origin.SEARCHED, Origin.CHAMPION);
        evaluateEach("r2", Origin.SEARCHED, cell("r2"), 18.5, 19.5, 20.5, 18.5, 19.5, 20.5);
        evaluateEach("r2", Origin.CHAMPION, cell("r1"), 19.5, 20.5, 21.5, 19.6, 20.4, 21.6);
        var decided = onlyVerdict();
        assertThat(decided.getVerdict()).isEqualTo(Verdict.PROMOTED);
        assertThat(decided.getRandomCell().getSeeds()).isEqualTo(3);
        assertThat(decided.getComparisons()).extracting(Comparison::getTest).containsExactly("welch", "paired");
    }

    @Test
    void shouldGiveTheVerdictOnceTheBudgetIsSpentOrNothingMoreIsToBeExpectedOfIt() {
        bench.tell(Topics.RUNS, "r1", withBudget(run("r1", "1", false, 3), 3));
        evaluateBoth("r1", 20, 21);
        assertThat(wanted()).hasSize(1);
        evaluateEach("r1", Origin.SEARCHED, cell("r1"), 19, 20, 21, 22, 23, 24);
        evaluateEach("r1", Origin.RANDOM, "random", 22, 21, 20, 23, 22, 25);
        assertThat(onlyVerdict().getVerdict()).isEqualTo(Verdict.INCONCLUSIVE);

        bench.tell(Topics.RUNS, "r2", withBudget(run("r2", "1", false, 3), 30));
        evaluateEach("r2", Origin.SEARCHED, cell("r2"), 19, 20, 21);
        evaluateEach("r2", Origin.RANDOM, "random", 21.01, 19.01, 20.01);
        assertThat(wanted()).as("no number of seeds finds that").isEmpty();
        assertThat(onlyVerdict().getVerdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void shouldAddNoSeedsToAnEvaluationThatWasToldToFinish() {
        bench.tell(Topics.RUNS, "r1", withBudget(run("r1", "1", false, 3), 9));
        bench.tell(Topics.RUNS, "r1", new StageFinishRequested("r1", "evaluation", "", 1));
        evaluateBoth("r1", 20, 21);
        assertThat(wanted()).isEmpty();
        assertThat(onlyVerdict().getVerdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    private static RunRequested withBudget(RunRequested request, int seeds) {
        return RunRequested.newBuilder(request).setSeedBudget(seeds).build();
    }

    private void evaluateEach(String run, Origin origin, String genotype, double... errors) {
        var scores = SeedScores.of(DoubleStream.of(errors)
                .mapToObj(error -> new Score(Measure.ERROR_PERCENT, error))
                .toList());
        bench.tell(
                Topics.EVALUATIONS,
                run,
                scores.tell(GenotypeEvaluated.newBuilder(evaluated(run, origin, genotype, 0, 0))
                                .setSeeds(LongStream.range(0, errors.length)
                                        .boxed()
                                        .toList()))
                        .build());
    }

    @Test
    void shouldComeToTheSameWordsWhenItsStateIsLost() {
        var history = twoRuns();
        history.forEach(fact -> fact.accept(bench));
        var verdicts = verdicts();
        var wanted = wanted();
        assertThat(verdicts).extracting(ChampionDecided::getVerdict).containsExactly(Verdict.PROMOTED, Verdict.KEPT);
        assertThat(wanted).hasSize(1);

        // A planner without state reads all of it again
        bench.close();
        bench = new PlannerBench(new TransferPlanner(PATIENCE, 0.05), state.resolve("anew"));
        history.forEach(fact -> fact.accept(bench));
        assertThat(verdicts()).isEqualTo(verdicts);
        assertThat(wanted()).isEqualTo(wanted);

        // One that meets its own words first decides nothing anew
        bench.close();
        bench = new PlannerBench(new TransferPlanner(PATIENCE, 0.05), state.resolve("words-first"));
        verdicts.forEach(verdict -> bench.tell(Topics.CHAMPIONS, verdict.getRun(), verdict));
        wanted.forEach(word -> bench.tell(Topics.EVALUATIONS, word.getRun(), word));
        history.forEach(fact -> fact.accept(bench));
        assertThat(verdicts()).isEmpty();
        assertThat(wanted()).isEmpty();
    }

    /** A promotion, and a verdict on the next version that keeps the champion: the facts that lead there, in order. */
    private static List<Consumer<PlannerBench>> twoRuns() {
        return List.of(
                to -> to.tell(Topics.DATASETS, "shapes", shapes("1"), shapes("2")),
                to -> to.tell(Topics.RUNS, "r1", run("r1", "1", false, 3)),
                told(evaluated("r1", Origin.SEARCHED, cell("r1"), 20, 1)),
                told(evaluated("r1", Origin.RANDOM, "random", 30, 1)),
                to -> to.tell(Topics.RUNS, "r2", run("r2", "2", false, 3)),
                told(evaluated("r2", Origin.RANDOM, "random", 35, 1)),
                told(evaluated("r2", Origin.SEARCHED, cell("r2"), 25, 1)),
                told(evaluated("r2", Origin.CHAMPION, cell("r1"), 21, 1)));
    }

    private static Consumer<PlannerBench> told(GenotypeEvaluated evaluated) {
        return to -> to.tell(Topics.EVALUATIONS, evaluated.getRun(), evaluated);
    }

    @Test
    void shouldKeepTheChampionThatIsFoundAgain() {
        champion("r1", 20);
        bench.tell(Topics.RUNS, "r2", run("r2", "1", false, 3));
        evaluate("r2", Origin.SEARCHED, cell("r1"), 20, 1);
        evaluate("r2", Origin.RANDOM, "random", 30, 1);
        var decided = onlyVerdict();
        assertThat(decided.getVerdict()).isEqualTo(Verdict.KEPT);
        assertThat(decided.getReasons()).contains("the champion of run r1 is the same cell");
    }

    @Test
    void shouldJudgeATextByPerplexityAndNameTheModelWithoutMemory() {
        bench.tell(Topics.DATASETS, "shapes", tales("1", 80));
        bench.tell(Topics.RUNS, "r1", textRun("r1"));
        var cell = PublishedRecurrentGenotypes.DARTS_V1.toString();
        evaluateText("r1", Origin.SEARCHED, cell, 61.2, 0.4);
        evaluateText("r1", Origin.RANDOM, "random", 70.3, 0.4);

        var decided = onlyVerdict();
        assertThat(decided.getVerdict()).isEqualTo(Verdict.PROMOTED);
        assertThat(decided.getChallenger())
                .isEqualTo(new Standing(
                        "r1",
                        cell,
                        "hash-" + cell,
                        0.0,
                        0.0,
                        3,
                        Measure.PERPLEXITY,
                        61.2,
                        0.4,
                        scores(Measure.PERPLEXITY, 61.2, 0.4),
                        null,
                        null));
        assertThat(decided.getReasons())
                .containsExactly(
                        "better than the random cell: test perplexity 61.20 ± 0.40 against 70.30 ± 0.40, 9.10 lower;"
                                + " Welch's t p < 0.0001 at level 0.05",
                        "dataset shapes has no champion yet",
                        "judged on the test set, for the evaluation holds nothing else out: give it a validPortion",
                        "better than a model without memory, which guesses words by their frequency: test perplexity"
                                + " 61.20 against 80.00");

        // A champion by perplexity is kept until another is found better.
        bench.tell(Topics.RUNS, "r2", textRun("r2"));
        evaluateText("r2", Origin.SEARCHED, "cell-r2", 61.0, 0.4);
        evaluateText("r2", Origin.RANDOM, "random", 70.3, 0.4);
        answerText(61.2);
        assertThat(onlyVerdict().getVerdict()).isEqualTo(Verdict.INCONCLUSIVE);
        bench.tell(Topics.RUNS, "r3", textRun("r3"));
        evaluateText("r3", Origin.SEARCHED, "cell-r3", 72, 0.4);
        evaluateText("r3", Origin.RANDOM, "random", 70.3, 0.4);
        assertThat(onlyVerdict().getVerdict()).isEqualTo(Verdict.REJECTED);
    }

    @Test
    void shouldIgnoreRepeats() {
        bench.tell(Topics.DATASETS, "scenes", scenes("1"));
        bench.tell(Topics.RUNS, "r1", run("r1", "1", true, 3), run("r1", "1", true, 3));
        evaluateBoth("r1", 20, 30);
        evaluateBoth("r1", 20, 30);
        var job = onlyJob();
        finish(job, 2);
        finish(job, 2);
        finish(job, 1);
        assertThat(verdicts()).hasSize(1);
    }

    @Test
    void shouldNotJudgeARunWhoseTransferHasFailedForGood() {
        bench.tell(Topics.DATASETS, "scenes", scenes("1"));
        bench.tell(Topics.RUNS, "r1", run("r1", "1", true, 3));
        evaluateBoth("r1", 20, 30);
        var job = onlyJob();
        bench.tell(
                Topics.FAILURES,
                job.getJob(),
                new JobFailed(job.getJob(), "r1", "transfer", 5, "too many corrupt images", false, "w", 0, List.of()));
        evaluateBoth("r1", 20, 30);
        assertThat(jobs()).isEmpty();
        assertThat(verdicts()).isEmpty();
    }

    @Test
    void shouldAskAgainForAnUnfinishedTransferWhenARunGoesOn() {
        bench.tell(Topics.DATASETS, "scenes", scenes("1"));
        bench.tell(Topics.RUNS, "r1", run("r1", "1", true, 3));
        evaluateBoth("r1", 20, 30);
        var job = onlyJob();
        bench.tell(Topics.RUNS, "r1", new RunPaused("r1", "", 0));
        assertThat(jobs()).isEmpty();
        bench.tell(Topics.RUNS, "r1", new RunResumed("r1", "", 0));
        assertThat(onlyJob()).isEqualTo(job);
        finish(job, 1);
        bench.tell(Topics.RUNS, "r1", new RunPaused("r1", "", 0), new RunResumed("r1", "", 0));
        assertThat(jobs()).isEmpty();
        assertThat(verdicts()).hasSize(1);
    }

    @Test
    void shouldAskForNothingForACancelledRun() {
        bench.tell(Topics.DATASETS, "scenes", scenes("1"));
        bench.tell(Topics.RUNS, "r1", run("r1", "1", true, 3));
        bench.tell(Topics.RUNS, "r1", new RunCancelled("r1", "", 0));
        evaluateBoth("r1", 20, 30);
        assertThat(jobs()).isEmpty();
        assertThat(verdicts()).isEmpty();
    }

    @Test
    void shouldTellItsVerdictAnewWhereTheRunWasCancelledInTheSameMomentAndIsAskedForAgain() {
        // Given a verdict that came too late: for all others the run has been cancelled
        bench.tell(Topics.RUNS, "r1", run("r1", "1", false, 3));
        evaluateBoth("r1", 20, 30);
        var first = onlyVerdict();
        assertThat(first.getRequestEpoch()).isEqualTo(1);
        bench.tell(Topics.RUNS, "r1", new RunCancelled("r1", "", 1));
        bench.tell(Topics.RUNS, "r1", new RunFinished("r1", RunOutcome.CANCELLED, "", 1));

        // When
        bench.tell(Topics.RUNS, "r1", run("r1", "1", false, 3));

        // Then it is judged like the first time, not against itself
        assertThat(onlyVerdict())
                .isEqualTo(ChampionDecided.newBuilder(first).setRequestEpoch(2).build());
    }

    @Test
    void shouldKeepEachVersionsChampionThoughAnotherVersionWasJudgedSince() {
        champion("r1", 20);
        publishShapes("2");
        bench.tell(Topics.RUNS, "r2", run("r2", "2", false, 3));
        evaluateBoth("r2", 5, 30);
        answer(22);
        assertThat(onlyVerdict().getVerdict()).isEqualTo(Verdict.PROMOTED);
        bench.tell(Topics.RUNS, "r3", run("r3", "1", false, 3));
        evaluateBoth("r3", 18, 30);
        answer(20);
        assertThat(standing(onlyVerdict().getPrevious()).getRun()).isEqualTo("r1");
    }

    @Test
    void shouldAskAgainForATransferThatShowsNoLife() {
        bench.tell(Topics.DATASETS, "scenes", scenes("1"));
        bench.tell(Topics.RUNS, "r1", run("r1", "1", true, 3));
        evaluateBoth("r1", 20, 30);
        var job = onlyJob();
        bench.pass(PATIENCE.multipliedBy(2).plusSeconds(10));
        assertThat(jobs()).containsExactly(job);
    }

    @Test
    void shouldDeadLetterGarbageOnEachTopicAndGoOn() {
        bench.tell(Topics.RUNS, "r1", run("r1", "1", false, 3));
        for (var topic : new TransferPlanner(PATIENCE, 0.05).inputs()) {
            bench.tellBytes(topic, "k", "garbage".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(bench.refusals()).hasSize(7).allMatch(reason -> reason.contains("not an event"));
        evaluateBoth("r1", 20, 30);
        assertThat(verdicts()).hasSize(1);
    }

    private void publishShapes(String version) {
        bench.tell(Topics.DATASETS, "shapes", shapes(version));
    }

    private void champion(String run, double error) {
        publishShapes("1");
        bench.tell(Topics.RUNS, run, run(run, "1", false, 3));
        evaluateBoth(run, error, 30);
        assertThat(onlyVerdict().getVerdict()).isEqualTo(Verdict.PROMOTED);
    }

    private void evaluateBoth(String run, double searched, double random) {
        evaluate(run, Origin.SEARCHED, cell(run), searched, 1);
        evaluate(run, Origin.RANDOM, "random", random, 1);
    }

    /** A cell of a run's own. */
    private static String cell(String run) {
        return Architecture.random(CnnSpace.DARTS, run.hashCode()).toString();
    }

    /** What eval-svc tells where a verdict wants the champion's cell evaluated. */
    private void answer(double champion) {
        var wanted = onlyWanted();
        evaluate(wanted.getRun(), Origin.CHAMPION, wanted.getCells().get(0).getGenotype(), champion, 1);
    }

    private void answerText(double champion) {
        var wanted = onlyWanted();
        evaluateText(wanted.getRun(), Origin.CHAMPION, wanted.getCells().get(0).getGenotype(), champion, 0.4);
    }

    private EvidenceWanted onlyWanted() {
        var wanted = wanted();
        assertThat(wanted).hasSize(1);
        return wanted.get(0);
    }

    private List<EvidenceWanted> wanted() {
        return bench.told(Topics.EVALUATIONS, EvidenceWanted.class);
    }

    private void evaluate(String run, Origin origin, String genotype, double mean, double sd) {
        bench.tell(Topics.EVALUATIONS, run, evaluated(run, origin, genotype, mean, sd));
    }

    private static GenotypeEvaluated evaluated(String run, Origin origin, String genotype, double mean, double sd) {
        return new GenotypeEvaluated(
                run,
                Stage.FULL,
                origin,
                "",
                genotype,
                "hash-" + genotype,
                List.of(0L, 1L, 2L),
                List.of(mean - sd, mean, mean + sd),
                mean,
                sd,
                1L,
                1L,
                1.0,
                Measure.ERROR_PERCENT,
                List.of(),
                0.0,
                0.0,
                scores(Measure.ERROR_PERCENT, mean, sd),
                null);
    }

    private void evaluateOnce(String run, Origin origin, String genotype, double error) {
        var scores = SeedScores.of(List.of(new Score(Measure.ERROR_PERCENT, error)));
        bench.tell(
                Topics.EVALUATIONS,
                run,
                scores.tell(GenotypeEvaluated.newBuilder()
                                .setRun(run)
                                .setStage(Stage.FULL)
                                .setOrigin(origin)
                                .setGenotype(genotype)
                                .setHash("hash-" + genotype)
                                .setSeeds(List.of(0L))
                                .setParameters(1)
                                .setMultiplyAdds(1)
                                .setDeviceSeconds(1))
                        .build());
    }

    private void validate(String run, Origin origin, String genotype, double validation, double test) {
        bench.tell(
                Topics.EVALUATIONS,
                run,
                GenotypeEvaluated.newBuilder(evaluated(run, origin, genotype, test, 1))
                        .setValidation(scores(Measure.ERROR_PERCENT, validation, 1))
                        .build());
    }

    private void evaluateText(String run, Origin origin, String genotype, double mean, double sd) {
        bench.tell(
                Topics.EVALUATIONS,
                run,
                new GenotypeEvaluated(
                        run,
                        Stage.FULL,
                        origin,
                        "",
                        genotype,
                        "hash-" + genotype,
                        List.of(0L, 1L, 2L),
                        List.of(),
                        0.0,
                        0.0,
                        1L,
                        1L,
                        1.0,
                        Measure.PERPLEXITY,
                        List.of(mean - sd, mean, mean + sd),
                        mean,
                        sd,
                        scores(Measure.PERPLEXITY, mean, sd),
                        null));
    }

    private static Scores scores(Measure measure, double mean, double sd) {
        return new Scores(measure, List.of(mean - sd, mean, mean + sd), mean, sd);
    }

    private void finish(TransferJob job, int attempt) {
        finish(job, attempt, false);
    }

    private void finish(TransferJob job, int attempt, boolean early) {
        bench.tell(
                Topics.TRANSFERS,
                job.getRun(),
                GenotypeTransferred.newBuilder()
                        .setJob(job.getJob())
                        .setRun(job.getRun())
                        .setDataset("scenes")
                        .setDatasetVersion("1")
                        .setGenotype(job.getGenotype())
                        .setHash("")
                        .setSeed(0)
                        .setAttempt(attempt)
                        .setFinishedEarly(early)
                        .setTop1ErrorPercent(40)
                        .setTop5ErrorPercent(10)
                        .setCurve(List.of())
                        .setParameters(1)
                        .setMultiplyAdds(1)
                        .setWeights(new ArtifactRef("s3://nas/x", "00", 1L))
                        .setDeviceSeconds(1)
                        .setDevice("cpu")
                        .build());
    }

    private List<TransferJob> jobs() {
        return bench.told(Topics.TRANSFER_JOBS, TransferJob.class);
    }

    private TransferJob onlyJob() {
        var jobs = jobs();
        assertThat(jobs).hasSize(1);
        return jobs.get(0);
    }

    private List<ChampionDecided> verdicts() {
        // Each is told under its run and under its dataset.
        var told = bench.told(Topics.CHAMPIONS, ChampionDecided.class);
        var verdicts = new ArrayList<ChampionDecided>();
        for (var i = 0; i < told.size(); i += 2) {
            assertThat(told.get(i + 1)).isEqualTo(told.get(i));
            verdicts.add(told.get(i));
        }
        return verdicts;
    }

    private ChampionDecided onlyVerdict() {
        var verdicts = verdicts();
        assertThat(verdicts).hasSize(1);
        return verdicts.get(0);
    }

    private static Standing standing(@Nullable Standing standing) {
        return Objects.requireNonNull(standing, "there is a standing");
    }

    private static DatasetPublished scenes(String version) {
        return DatasetPublished.newBuilder()
                .setDataset("scenes")
                .setVersion(version)
                .setTask(Task.IMAGE_CLASSIFICATION)
                .setLayout(Layout.IMAGE_FOLDER)
                .setDigest("digest-" + version)
                .setArchive(new ArtifactRef("s3://nas/datasets/scenes/" + version, "00", 1L))
                .setClasses(10)
                .setTrainExamples(64)
                .setTestExamples(32)
                .build();
    }

    private static DatasetPublished shapes(String version) {
        return DatasetPublished.newBuilder(scenes(version))
                .setDataset("shapes")
                .setLayout(Layout.CIFAR_BINARY)
                .setHeight(32)
                .setWidth(32)
                .build();
    }

    private static DatasetPublished tales(String version, double unigramPerplexity) {
        return DatasetPublished.newBuilder(scenes(version))
                .setDataset("shapes")
                .setTask(Task.LANGUAGE_MODEL)
                .setLayout(Layout.TOKEN_CORPUS)
                .setChannels(0)
                .setTrainExamples(640)
                .setValidExamples(64)
                .setTestExamples(64)
                .setUnigramPerplexity(unigramPerplexity)
                .build();
    }

    private static TransferSettings transfer() {
        return TransferSettings.newBuilder()
                .setDataset("scenes")
                .setCells(3)
                .setChannels(4)
                .setEpochs(1)
                .setBatchSize(8)
                .setResolution(64)
                .setLearningRate(0.1)
                .setLearningRateDecay(0.97)
                .setMomentum(0.9)
                .setWeightDecay(3e-5)
                .setGradientClip(5)
                .setAuxiliaryWeight(0)
                .setDropPath(0)
                .setLabelSmoothing(0.1)
                .build();
    }

    private static RunRequested textRun(String run) {
        var retrain = RetrainSettings.newBuilder()
                .setCells(0)
                .setChannels(0)
                .setEpochs(3)
                .setBatchSize(4)
                .setLearningRate(20)
                .setLearningRateMin(0)
                .setMomentum(0)
                .setWeightDecay(1e-6)
                .setGradientClip(0.25)
                .setAuxiliaryWeight(0)
                .setDropPath(0)
                .setRecurrent(RecurrentTrainSettings.newBuilder()
                        .setWidth(12)
                        .setBptt(5)
                        .setPatience(1)
                        .build())
                .build();
        return RunRequested.newBuilder(run(run, "1", false, 3))
                .setEvaluation(retrain)
                .build();
    }

    private static RunRequested run(String run, String version, boolean transferring, int epochs) {
        var search = SearchSettings.newBuilder(Samples.settings())
                .setEpochs(2)
                .setBatchSize(8)
                .build();
        var retrain = RetrainSettings.newBuilder()
                .setCells(3)
                .setChannels(4)
                .setEpochs(epochs)
                .setBatchSize(8)
                .setLearningRate(0.025)
                .setLearningRateMin(0.0)
                .setMomentum(0.9)
                .setWeightDecay(3e-4)
                .setGradientClip(5)
                .setAuxiliaryWeight(0)
                .setDropPath(0.2)
                .build();
        return RunRequested.newBuilder()
                .setRun(run)
                .setDataset("shapes")
                .setDatasetVersion(version)
                .setSearch(search)
                .setSearchSeeds(List.of(0L))
                .setSelection(retrain)
                .setEvaluation(retrain)
                .setEvaluationSeeds(List.of(0L, 1L, 2L))
                .setRandomCellSeed(0)
                .setTransfer(transferring ? transfer() : null)
                .build();
    }
}
