package io.dartboard.eval;

import static io.dartboard.eval.Facts.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dartboard.events.Candidate;
import io.dartboard.events.Ceiling;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.EvaluationJob;
import io.dartboard.events.GenotypeEvaluated;
import io.dartboard.events.Measure;
import io.dartboard.events.NoCellSelected;
import io.dartboard.events.Origin;
import io.dartboard.events.RunRequested;
import io.dartboard.events.Stage;
import io.dartboard.events.TransferSettings;
import io.dartboard.nas.genotype.Architecture;
import io.dartboard.nas.genotype.PublishedRecurrentGenotypes;
import io.dartboard.nas.genotype.RandomRecurrentGenotype;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.text.cost.RecurrentCost;
import io.dartboard.schemas.Topics;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextEvalPlannerTest {
    private static final String DARTS_V1 = TEXT.dartsV1();
    private static final String DARTS_V2 = TEXT.dartsV2();
    private static final String ENAS = PublishedRecurrentGenotypes.ENAS.toString();

    @TempDir
    Path state;

    private EvalBench bench;

    @BeforeEach
    void setUp() {
        bench = new EvalBench(TEXT, state);
        bench.publish();
    }

    @AfterEach
    void tearDown() {
        bench.close();
    }

    @Test
    void shouldChooseTheCellOfTheLowestValidationPerplexity() {
        bench.tell(Topics.RUNS, "r1", TEXT.run("r1", 0, 1));
        bench.derive(0, DARTS_V1);
        bench.derive(1, DARTS_V2);
        var jobs = bench.jobs();
        assertThat(jobs).extracting(EvaluationJob::getStage).containsOnly(Stage.SELECTION);
        assertThat(jobs).extracting(EvaluationJob::getSettings).containsOnly(TEXT.retrain(1));

        bench.finish(jobs.get(0), 70.25, 100);
        bench.finish(jobs.get(1), 61.5, 100);

        var selected = bench.selected();
        assertThat(selected.getGenotype()).isEqualTo(DARTS_V2);
        assertThat(selected.getReason()).isEqualTo("lowest validation perplexity: 61.50, the next best has 70.25");
        assertThat(selected.getCandidates()).extracting(Candidate::getMeasure).containsOnly(Measure.PERPLEXITY);
        assertThat(selected.getCandidates())
                .extracting(Candidate::getPerplexity)
                .containsExactly(61.5, 70.25);
        assertThat(selected.getCandidates())
                .extracting(Candidate::getErrorPercent)
                .containsOnly(0.0);
    }

    @Test
    void shouldChooseTheSmallerOfEquallyGoodCellsAndThenTheLowerSeed() {
        bench.tell(Topics.RUNS, "r1", TEXT.run("r1", 1, 0));
        bench.derive(0, DARTS_V1);
        bench.derive(1, ENAS);
        var jobs = bench.jobs();
        bench.finish(jobs.get(0), 61.5, 200);
        bench.finish(jobs.get(1), 61.5, 100);
        assertThat(bench.selected().getReason())
                .isEqualTo("validation perplexity 61.50 like the next best, but fewer parameters: 100 against 200");
    }

    @Test
    void shouldRetrainChosenAndRandomCellOfTheSameSpaceUnderTheSameBudget() {
        selectV1();
        var jobs = bench.jobs();
        assertThat(jobs).hasSize(6).extracting(EvaluationJob::getStage).containsOnly(Stage.FULL);
        assertThat(jobs).extracting(EvaluationJob::getSettings).containsOnly(TEXT.retrain(3));
        assertThat(jobs).extracting(EvaluationJob::getSeed).containsExactly(7L, 8L, 9L, 7L, 8L, 9L);
        assertThat(jobs.subList(0, 3)).extracting(EvaluationJob::getGenotype).containsOnly(DARTS_V1);
        assertThat(jobs.subList(3, 6)).extracting(EvaluationJob::getOrigin).containsOnly(Origin.RANDOM);
        assertThat(jobs.subList(3, 6))
                .extracting(EvaluationJob::getGenotype)
                .containsOnly(
                        RandomRecurrentGenotype.ofSeed(RecurrentSpace.DARTS, 5).toString());
        assertThat(Architecture.random(RecurrentSpace.DARTS, 5))
                .isNotEqualTo(Architecture.random(RecurrentSpace.DARTS, 6));
    }

    @Test
    void shouldSumUpPerplexitiesAndNeverCallThemErrors() {
        selectV1();
        var jobs = bench.jobs();
        bench.finish(jobs.get(0), 60, 100);
        bench.finish(jobs.get(1), 62, 100);
        bench.finish(jobs.get(2), 67, 100);

        // mean 63; deviations -3, -1, 4; squares 9 + 1 + 16 = 26; sd = sqrt(13)
        var searched = bench.evaluated();
        assertThat(searched).hasSize(1);
        assertThat(searched.get(0).getMeasure()).isEqualTo(Measure.PERPLEXITY);
        assertThat(searched.get(0).getPerplexities()).containsExactly(60.0, 62.0, 67.0);
        assertThat(searched.get(0).getMeanPerplexity()).isEqualTo(63);
        assertThat(searched.get(0).getSdPerplexity()).isCloseTo(Math.sqrt(13), within(1e-12));
        assertThat(searched.get(0).getErrorsPercent()).isEmpty();
        assertThat(searched.get(0).getMeanErrorPercent()).isZero();
        assertThat(searched.get(0).getSdErrorPercent()).isZero();
        assertThat(searched.get(0).getDeviceSeconds()).isEqualTo(30);
    }

    @Test
    void shouldRetrainAGivenRecurrentCellInFull() {
        bench.tell(Topics.RUNS, "g1", TEXT.given("g1", ENAS));
        var jobs = bench.jobs();
        assertThat(jobs).hasSize(6).extracting(EvaluationJob::getStage).containsOnly(Stage.FULL);
        assertThat(jobs.subList(0, 3)).extracting(EvaluationJob::getGenotype).containsOnly(ENAS);
        assertThat(jobs.subList(0, 3)).extracting(EvaluationJob::getOrigin).containsOnly(Origin.NAMED);
        jobs.forEach(job -> bench.finish(job, 60, 100));
        assertThat(bench.evaluated())
                .extracting(GenotypeEvaluated::getOrigin)
                .containsExactlyInAnyOrder(Origin.NAMED, Origin.RANDOM);
    }

    @Test
    void shouldPassOverACellWhoseLanguageModelIsOverTheCeiling() {
        var parameters =
                RecurrentCost.of(PublishedRecurrentGenotypes.DARTS_V1, 100, 12).parameters();
        bench.tell(
                Topics.RUNS,
                "r1",
                RunRequested.newBuilder(TEXT.run("r1", 0, 1))
                        .setEvaluationCeiling(new Ceiling(parameters, 0L))
                        .build());
        bench.derive(0, ENAS);
        bench.derive(1, DARTS_V1);

        var jobs = bench.jobs();
        assertThat(jobs).extracting(EvaluationJob::getGenotype).containsExactly(DARTS_V1);
        bench.finish(jobs.get(0), 61.5, 1);
        assertThat(bench.selected().getReason())
                .startsWith("the only cell within the ceilings, validation perplexity 61.50; 1 of the searches' cells"
                        + " passed over: the evaluation network (11 nodes, width 12, 100 words) has ");
    }

    @Test
    void shouldCountTheTransfersLanguageModelOnceItsVocabularyIsKnown() {
        var transfer = TransferSettings.newBuilder()
                .setDataset("wiki")
                .setCells(0)
                .setChannels(0)
                .setEpochs(1)
                .setBatchSize(4)
                .setResolution(0)
                .setLearningRate(20)
                .setLearningRateDecay(0)
                .setMomentum(0)
                .setWeightDecay(5e-7)
                .setGradientClip(0.25)
                .setAuxiliaryWeight(0)
                .setDropPath(0)
                .setLabelSmoothing(0)
                .setRecurrent(TEXT.retrain(1).getRecurrent())
                .build();
        bench.tell(
                Topics.RUNS,
                "g1",
                RunRequested.newBuilder(TEXT.given("g1", DARTS_V2))
                        .setTransfer(transfer)
                        .setTransferCeiling(new Ceiling(0L, 10L))
                        .build());
        assertThat(bench.jobs()).isEmpty();

        bench.tell(
                Topics.DATASETS,
                "wiki",
                DatasetPublished.newBuilder(TEXT.dataset())
                        .setDataset("wiki")
                        .setClasses(333)
                        .build());
        assertThat(bench.told(Topics.EVALUATIONS, NoCellSelected.class))
                .singleElement()
                .satisfies(none -> assertThat(none.getReason())
                        .contains("the transfer network (8 nodes, width 12, 333 words) has"));
        assertThat(bench.jobs()).isEmpty();
    }

    private void selectV1() {
        assertThat(bench.selectOnly("r1", DARTS_V1, 61.5))
                .isEqualTo("the only search's cell, validation perplexity 61.50");
    }
}
