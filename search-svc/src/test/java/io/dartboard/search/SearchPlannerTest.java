package io.dartboard.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.dartboard.events.DatasetPublished;
import io.dartboard.events.EvaluationJob;
import io.dartboard.events.NoCellSelected;
import io.dartboard.events.Origin;
import io.dartboard.events.RecurrentSearchSettings;
import io.dartboard.events.RecurrentTrainSettings;
import io.dartboard.events.RetrainSettings;
import io.dartboard.events.RunCancelled;
import io.dartboard.events.RunFinished;
import io.dartboard.events.RunOutcome;
import io.dartboard.events.RunPaused;
import io.dartboard.events.RunRequested;
import io.dartboard.events.RunResumed;
import io.dartboard.events.SearchJob;
import io.dartboard.events.SearchSettings;
import io.dartboard.events.Stage;
import io.dartboard.events.TransferSettings;
import io.dartboard.nas.genotype.PublishedGenotypes;
import io.dartboard.nas.genotype.PublishedRecurrentGenotypes;
import io.dartboard.pipeline.identity.JobId;
import io.dartboard.pipeline.planner.PlannerTopology;
import io.dartboard.schemas.EventCodec;
import io.dartboard.schemas.Topic;
import io.dartboard.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
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

    @TempDir
    Path state;

    private TopologyTestDriver driver;
    private final Map<Topic<?>, TestInputTopic<String, byte[]>> inputs = new HashMap<>();
    private TestOutputTopic<String, byte[]> jobs;
    private TestOutputTopic<String, byte[]> runs;
    private TestOutputTopic<String, byte[]> deadLetters;

    @BeforeEach
    void setUp() {
        var settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        driver = new TopologyTestDriver(PlannerTopology.build("search-svc", "1", new SearchPlanner()), settings);
        for (var topic : Topics.ALL) {
            inputs.put(topic, driver.createInputTopic(topic.name(), new StringSerializer(), new ByteArraySerializer()));
        }
        jobs = output(Topics.SEARCH_JOBS);
        runs = output(Topics.RUNS);
        deadLetters = output(Topics.DEAD_LETTERS);
    }

    @AfterEach
    void tearDown() {
        driver.close();
    }

    @Test
    void shouldPutOutOneSearchForEachSeed() {
        // When
        tell(SHAPES, Told.request("r1", 0L, 1L));

        // Then
        assertThat(jobs())
                .containsExactly(
                        new SearchJob(SEED_0, "r1", SHAPES, Told.SEARCH, 0L, 0),
                        new SearchJob(SEED_1, "r1", SHAPES, Told.SEARCH, 1L, 0));
        assertThat(SEED_0).isNotEqualTo(SEED_1);
    }

    @Test
    void shouldSearchNothingForAGivenGenotypeAndEndWithItsVerdict() {
        tell(SHAPES, given("g1", PublishedGenotypes.DARTS_V2.toString()));
        assertThat(jobs()).isEmpty();
        assertThat(finished()).isEmpty();

        tell(Told.champion("g1"));
        assertThat(finished()).containsExactly(new RunFinished("g1", RunOutcome.SUCCEEDED, "", 0));
    }

    @Test
    void shouldFailARunWhoseGivenGenotypeIsNone() {
        tell(SHAPES, given("g1", "Genotype(normal=["));
        assertThat(finished()).extracting(RunFinished::getOutcome).containsExactly(RunOutcome.FAILED);
    }

    @Test
    void shouldFailARunThatNeedsTheRetrainingOfItsGivenGenotype() {
        var genotype = PublishedGenotypes.DARTS_V2.toString();
        tell(SHAPES, given("g1", genotype), given("g2", genotype), given("g3", PublishedGenotypes.DARTS_V1.toString()));
        tell(new EvaluationJob("e1", "g1", SHAPES, Stage.FULL, Origin.NAMED, "", genotype, Told.EVALUATION, 0L, 0));

        tell(Told.failed("e1", "g1", false));

        assertThat(finished()).extracting(RunFinished::getRun).containsExactlyInAnyOrder("g1", "g2");
    }

    @Test
    void shouldFailARunWithoutACellWithinItsCeilingsEachTimeItIsAskedFor() {
        tell(SHAPES, Told.request("r1", 0L));
        tell(new NoCellSelected("r1", List.of(), "no cell keeps within the ceilings"));
        assertThat(finished())
                .containsExactly(new RunFinished("r1", RunOutcome.FAILED, "no cell keeps within the ceilings", 0));

        tell(Told.request("r1", 0L));
        assertThat(finished()).hasSize(1);
    }

    @Test
    void shouldPutOutNothingMoreOnARepeat() {
        tell(SHAPES, Told.request("r1", 0L), SHAPES, Told.request("r1", 0L));
        assertThat(jobs()).hasSize(1);
    }

    @Test
    void shouldLetASecondRunJoinTheSearchesOfTheFirst() {
        tell(SHAPES, Told.request("r1", 0L), Told.request("r2", 0L, 1L));
        assertThat(jobs())
                .extracting(SearchJob::getJob, SearchJob::getRun)
                .containsExactly(tuple(SEED_0, "r1"), tuple(SEED_1, "r2"));
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
        assertThat(finished()).containsExactly(new RunFinished("r1", RunOutcome.CANCELLED, "too dear", 0));
    }

    @Test
    void shouldHandASharedSearchToTheRunThatStillNeedsIt() {
        // Given
        tell(SHAPES, Told.request("r1", 0L, 1L), Told.request("r2", 0L));
        jobs();

        // When
        tell(new RunCancelled("r1", "", 0));

        // Then
        assertThat(jobs()).containsExactly(new SearchJob(SEED_0, "r2", SHAPES, Told.SEARCH, 0L, 0));
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
                        new RunFinished("r1", RunOutcome.FAILED, reason, 0),
                        new RunFinished("r2", RunOutcome.FAILED, reason, 0));
    }

    @Test
    void shouldKeepTheOtherSeedsOfAFailedRunGoingForWhoeverNeedsThem() {
        tell(SHAPES, Told.request("r1", 0L, 1L), Told.request("r2", 1L));
        jobs();
        tell(Told.failed(SEED_0, "r1", false));
        assertThat(jobs()).containsExactly(new SearchJob(SEED_1, "r2", SHAPES, Told.SEARCH, 1L, 0));
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
        tell(Told.request("r2", 0L));
        assertThat(jobs()).extracting(SearchJob::getRun).containsExactly("r2");
        tell(Told.failed(SEED_0, "r1", false));
        assertThat(finished()).extracting(RunFinished::getRun).containsExactly("r1");
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
        assertThat(jobs()).extracting(SearchJob::getJob).containsExactly(SEED_1);
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
    void shouldFailTheRunsThatShareAFailedRetraining() {
        // Given
        var twin = Told.request("r2", 0L);
        var other = RunRequested.newBuilder(Told.request("r3", 0L))
                .setEvaluation(Told.SELECTION)
                .build();
        tell(SHAPES, Told.request("r1", 0L), twin, other, Told.genotype(SEED_0, "g"));
        tell(Told.selected("r1", "g"), Told.selected("r2", "g"), Told.selected("r3", "g"));
        tell(new EvaluationJob("e1", "r1", SHAPES, Stage.FULL, Origin.SEARCHED, SEED_0, "g", Told.EVALUATION, 0L, 0));

        // When
        tell(Told.failed("e1", "r1", false));

        // Then
        assertThat(finished()).extracting(RunFinished::getRun).containsExactly("r1", "r2");
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
        assertThat(finished()).containsExactly(new RunFinished("r1", RunOutcome.SUCCEEDED, "", 0));
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
        assertThat(deadLetters.isEmpty()).isTrue();
    }

    @Test
    void shouldDeadLetterGarbageOnEveryTopicAndGoOn() {
        // When
        for (var topic : Topics.ALL) {
            input(topic).pipeInput("k", "garbage".getBytes(StandardCharsets.UTF_8));
        }
        tell(SHAPES, Told.request("r1", 0L));

        // Then
        assertThat(deadLetters.readValuesToList())
                .extracting(bytes -> Topics.DEAD_LETTERS.decode(bytes).getTopic())
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
                        reason ->
                                assertThat(reason).startsWith("genotype: this is no cell of the run's space darts-cnn"),
                        reason -> assertThat(reason)
                                .startsWith("genotype: this is no cell of the run's space darts-rnn"));
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

    private TestInputTopic<String, byte[]> input(Topic<?> topic) {
        return Objects.requireNonNull(inputs.get(topic));
    }

    private TestOutputTopic<String, byte[]> output(Topic<?> topic) {
        return driver.createOutputTopic(topic.name(), new StringDeserializer(), new ByteArrayDeserializer());
    }

    private void tell(SpecificRecord... facts) {
        for (var fact : facts) {
            var topic = Topics.ALL.stream()
                    .filter(each -> each.carries(fact))
                    .findFirst()
                    .orElseThrow();
            input(topic).pipeInput("key", EventCodec.encode(fact));
        }
    }

    private List<SearchJob> jobs() {
        return jobs.readValuesToList().stream().map(Topics.SEARCH_JOBS::decode).toList();
    }

    private List<RunFinished> finished() {
        return runs.readValuesToList().stream()
                .map(Topics.RUNS::decode)
                .map(RunFinished.class::cast)
                .toList();
    }
}
