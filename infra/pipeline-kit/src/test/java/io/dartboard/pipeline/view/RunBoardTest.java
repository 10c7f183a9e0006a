package io.dartboard.pipeline.view;

import static io.dartboard.pipeline.view.RunStory.IMAGES;
import static io.dartboard.pipeline.view.RunStory.TEXT;
import static io.dartboard.pipeline.view.RunStory.failed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.dartboard.events.GenotypeEvaluated;
import io.dartboard.events.JobProgressed;
import io.dartboard.events.Origin;
import io.dartboard.events.RetrainingReused;
import io.dartboard.events.RunBlocked;
import io.dartboard.events.RunCancelled;
import io.dartboard.events.RunFinished;
import io.dartboard.events.RunOutcome;
import io.dartboard.events.RunPaused;
import io.dartboard.events.RunRequested;
import io.dartboard.events.RunResumed;
import io.dartboard.events.SearchSettings;
import io.dartboard.events.Stage;
import io.dartboard.events.Verdict;
import io.dartboard.schemas.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class RunBoardTest {
    private static final Instant START = Instant.parse("2026-01-01T10:00:00Z");

    private final RunBoard board = new RunBoard();

    @Test
    void shouldTellTheWholeStoryOfARun() {
        tell(IMAGES.wholeRun("r1"));

        var view = view("r1");
        assertThat(view.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(view.searches()).extracting(SearchView::seed).containsExactly(0L, 1L);
        assertThat(view.searches()).allMatch(SearchView::finished);
        assertThat(view.selection()).get().extracting("genotype").isEqualTo(IMAGES.cell());
        assertThat(view.evaluated(Origin.SEARCHED)).get().extracting("genotype").isEqualTo(IMAGES.cell());
        assertThat(view.evaluated(Origin.RANDOM)).get().extracting("genotype").isEqualTo(IMAGES.randomCell());
        assertThat(view.transfer()).get().extracting("top1ErrorPercent").isEqualTo(40.0);
        assertThat(view.verdict()).get().extracting("verdict").isEqualTo(Verdict.PROMOTED);
        assertThat(view.retrainings(Stage.SELECTION)).hasSize(2);
        assertThat(view.retrainings(Stage.FULL)).hasSize(4);
        assertThat(view.live()).isEmpty();
        assertThat(view.stages()).allMatch(StageView::complete);
        assertThat(board.champion("shapes")).get().extracting("run").isEqualTo("r1");
    }

    @Test
    void shouldTellTheStoryOfARunThatWasGivenItsGenotype() {
        tell(IMAGES.givenRun("g1"));

        var view = view("g1");
        assertThat(view.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(view.given()).isTrue();
        assertThat(view.challenger()).get().extracting("genotype").isEqualTo(IMAGES.cell());
        assertThat(view.evaluated(Origin.SEARCHED)).isEmpty();
        assertThat(view.transfer()).isPresent();
        assertThat(view.stages()).extracting(StageView::stage).containsExactly("evaluation", "transfer");
        assertThat(view.stages()).allMatch(StageView::complete);
        var json = RunJson.detail(view);
        assertThat(json.path("given").asText()).isEqualTo("DARTS_V2");
        assertThat(json.path("chosen").path("genotype").asText()).isEqualTo(IMAGES.cell());
    }

    @Test
    void shouldTellTheStoryOfARunThatWasGivenSeveralCellsToChooseAmong() {
        tell(IMAGES.severalGivenRun("g1"));

        var view = view("g1");
        assertThat(view.searches()).isEmpty();
        assertThat(view.challengerTitle()).isEqualTo("chosen");
        assertThat(view.challenger()).get().extracting("genotype").isEqualTo(IMAGES.cell());
        assertThat(view.stages()).extracting(StageView::stage).containsExactly("selection", "evaluation", "transfer");
        assertThat(view.stages())
                .as("a cell that was passed over is not waited for")
                .allMatch(StageView::complete);
        var json = RunJson.detail(view);
        assertThat(json.path("given").asText()).isEqualTo("DARTS_V2 and 1 more");
        assertThat(json.path("selection").path("candidates").get(0).path("name").asText())
                .isEqualTo("DARTS_V2");
    }

    @Test
    void shouldShowToARunThatWasGivenSeveralCellsTheSelectionsThatAnotherRunAskedForFirst() {
        tell(IMAGES.severalGivenRun("g1"));
        tell(List.of(IMAGES.severalGivenRun("g2").get(1)));

        assertThat(view("g2").retrainings(Stage.SELECTION)).hasSize(1);
        assertThat(view("g2").state()).isEqualTo(RunState.RUNNING);
    }

    @Test
    void shouldShowToAGivenRunTheRetrainingsThatAnotherRunAskedForFirst() {
        tell(IMAGES.wholeRun("r1"));
        tell(List.of(IMAGES.given("g1")));

        assertThat(view("g1").retrainings(Stage.FULL)).hasSize(2);
        assertThat(view("g1").state()).isEqualTo(RunState.RUNNING);
    }

    @Test
    void shouldCountDeviceTimeThatWasInterruptedOrLost() {
        tell(IMAGES.dataset("shapes", "v1"), IMAGES.request("r1"));
        tell(JobProgressed.newBuilder(IMAGES.progressed(IMAGES.search(0), "r1", "search", 1, 0.1))
                .setDeviceSeconds(123.4)
                .build());
        tell(new RunPaused("r1", "", 1));
        assertThat(view("r1").deviceSeconds()).isEqualTo(123.4);

        tell(IMAGES.checkpoint("r1", 0, 1, 2));
        assertThat(view("r1").deviceSeconds()).isEqualTo(123.4);

        tell(IMAGES.checkpoint("r1", 1, 3, 1));
        assertThat(view("r1").deviceSeconds()).isEqualTo(138.4);
    }

    @Test
    void shouldAddUpDeviceSecondsByStage() {
        tell(IMAGES.wholeRun("r1"));

        assertThat(view("r1").stages())
                .extracting(StageView::stage, StageView::deviceSeconds)
                .containsExactly(
                        tuple("search", 30.0),
                        tuple("selection", 8.0),
                        tuple("evaluation", 16.0),
                        tuple("transfer", 6.0));
        assertThat(view("r1").deviceSeconds()).isEqualTo(60.0);
    }

    @Test
    void shouldBeTheSameWhenEverythingIsToldTwice() {
        tell(IMAGES.wholeRun("r1"));
        var once = RunJson.detail(view("r1")).toString();

        tell(IMAGES.wholeRun("r1"));

        assertThat(RunJson.detail(view("r1")).toString()).isEqualTo(once);
    }

    @Test
    void shouldNotDependOnTheOrderBetweenTopics() {
        tell(IMAGES.wholeRun("r1"));
        var inOrder = RunJson.detail(view("r1")).toString();

        var other = new RunBoard();
        var events = new ArrayList<>(IMAGES.wholeRun("r1"));
        Collections.reverse(events);
        var runs = events.stream().filter(this::ofRunsTopic).toList();
        events.removeAll(runs);
        events.forEach(event -> other.apply(event, START));
        other.apply(IMAGES.request("r1"), START);
        other.apply(finished("r1", RunOutcome.SUCCEEDED, ""), START);

        assertThat(RunJson.detail(other.run("r1").orElseThrow()).toString()).isEqualTo(inOrder);
    }

    @Test
    void shouldKeepTheNewerAttemptsWordOnAnEpoch() {
        tell(IMAGES.dataset("shapes", "v1"), IMAGES.request("r1"));
        var old = IMAGES.checkpoint("r1", 0, 1, 1);
        var redone = IMAGES.checkpoint("r1", 0, 1, 2);

        tell(redone, old);

        assertThat(view("r1").searches().get(0).checkpoints()).containsExactly(redone);
    }

    @Test
    void shouldShowProgressOfTheNewestAttemptUntilTheResultIsThere() {
        tell(IMAGES.dataset("shapes", "v1"), IMAGES.request("r1"));
        tell(
                IMAGES.progressed(IMAGES.search(0), "r1", "search", 2, 0.5),
                IMAGES.progressed(IMAGES.search(0), "r1", "search", 1, 0.9));

        assertThat(view("r1").state()).isEqualTo(RunState.RUNNING);
        assertThat(view("r1").live())
                .singleElement()
                .extracting("word.fraction")
                .isEqualTo(0.5);
        assertThat(view("r1").stages().get(0).fraction()).isCloseTo(0.25, within(1e-9));

        tell(IMAGES.checkpoint("r1", 0, 3, 2));

        assertThat(view("r1").live()).isEmpty();
        assertThat(view("r1").stages().get(0).fraction()).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void shouldShowResultsOfJobsThatAnotherRunAskedForFirst() {
        tell(IMAGES.wholeRun("r1"));

        tell(IMAGES.request("r2"));

        var joined = view("r2");
        assertThat(joined.searches()).allMatch(SearchView::finished);
        assertThat(joined.retrainings(Stage.SELECTION)).hasSize(1);
        assertThat(joined.selection()).isEmpty();

        tell(IMAGES.selected("r2"), IMAGES.evaluated("r2", Origin.RANDOM, IMAGES.randomCell()));

        assertThat(view("r2").retrainings(Stage.FULL)).hasSize(4);
        assertThat(view("r2").transfer()).isPresent();
    }

    @Test
    void shouldShowTheChampionsCellThatAVerdictWantsToCompareWith() {
        // Given a champion that another run has found
        tell(IMAGES.dataset("shapes", "v1"));
        tell(
                IMAGES.retrained("r0", Stage.FULL, Origin.SEARCHED, IMAGES.cell(), 0),
                IMAGES.retrained("r0", Stage.FULL, Origin.SEARCHED, IMAGES.cell(), 1));
        var own = "Genotype(own)";
        tell(
                RunRequested.newBuilder(IMAGES.given("r1")).setGenotype(own).build(),
                IMAGES.retrained("r1", Stage.FULL, Origin.NAMED, own, 0),
                IMAGES.evaluated("r1", Origin.NAMED, own),
                IMAGES.evaluated("r1", Origin.RANDOM, IMAGES.randomCell()));
        assertThat(evaluation("r1").total()).isEqualTo(4);

        tell(IMAGES.wanted("r1", IMAGES.cell()), IMAGES.evaluated("r1", Origin.CHAMPION, IMAGES.cell()));

        assertThat(evaluation("r1").total()).isEqualTo(6);
        assertThat(view("r1").retrainings(Stage.FULL))
                .extracting(view("r1")::title)
                .containsExactlyInAnyOrder("given", "champion", "champion");
        var json = RunJson.detail(view("r1"));
        assertThat(json.at("/champion/genotype").asText()).isEqualTo(IMAGES.cell());
        assertThat(json.at("/evidence/reasons/0").asText()).startsWith("the champion of run r0");
    }

    @Test
    void shouldCountTheRandomCellsAmongWhichOneIsChosen() {
        tell(
                IMAGES.dataset("shapes", "v1"),
                RunRequested.newBuilder(IMAGES.request("r1")).setRandomCells(2).build());
        assertThat(view("r1").stages().get(1).total()).isEqualTo(4);

        // One of them another run has retrained before
        var other = "Genotype(other)";
        tell(
                IMAGES.retrained("r0", Stage.SELECTION, Origin.RANDOM, other, 0),
                IMAGES.retrained("r1", Stage.SELECTION, Origin.RANDOM, IMAGES.randomCell(), 0),
                IMAGES.baseline("r1", other));

        assertThat(view("r1").stages().get(1).done()).isEqualTo(2);
        assertThat(view("r1").stages().get(1).total()).isEqualTo(4);
        assertThat(RunJson.detail(view("r1")).at("/baseline/candidates")).hasSize(2);
    }

    @Test
    void shouldShowWhatASeedThatWasAddedHasComeTo() {
        tell(IMAGES.wholeRun("r1"));
        assertThat(evaluation("r1").total()).isEqualTo(4);
        var more = GenotypeEvaluated.newBuilder(IMAGES.evaluated("r1", Origin.SEARCHED, IMAGES.cell()))
                .setSeeds(List.of(0L, 1L, 2L))
                .build();
        tell(
                IMAGES.retrained("r0", Stage.FULL, Origin.SEARCHED, IMAGES.cell(), 2),
                more,
                IMAGES.evaluated("r1", Origin.SEARCHED, IMAGES.cell()));

        assertThat(view("r1").challenger()).as("the most seeds stand").contains(more);
        assertThat(evaluation("r1").total()).isEqualTo(5);
        assertThat(evaluation("r1").done()).isEqualTo(5);
    }

    @Test
    void shouldShowTheRetrainingThatStandsForOneOfAnIsomorphicCell() {
        tell(IMAGES.dataset("shapes", "v1"));
        var done = IMAGES.retrained("r0", Stage.FULL, Origin.SEARCHED, IMAGES.cell(), 0);
        tell(
                done,
                RunRequested.newBuilder(IMAGES.given("r1"))
                        .setGenotype("the same")
                        .build());
        assertThat(view("r1").retrainings(Stage.FULL)).isEmpty();

        tell(new RetrainingReused(
                "r1", "e1", "the same", done.getJob(), IMAGES.cell(), done.getHash(), Stage.FULL, 0L, 4.0));

        assertThat(view("r1").retrainings(Stage.FULL)).containsExactly(done);
        assertThat(RunJson.detail(view("r1")).at("/reused/0/deviceSeconds").asDouble())
                .isEqualTo(4);
    }

    @Test
    void shouldShowWhatARunHasGivenUpAndCountItNoMore() {
        tell(IMAGES.dataset("shapes", "v1"), IMAGES.request("r1"));
        var given = IMAGES.retrained("r1", Stage.SELECTION, Origin.SEARCHED, IMAGES.cell(), 1);
        tell(IMAGES.progressed(given.getJob(), "r1", "selection", 1, 0.3));
        assertThat(view("r1").live()).hasSize(1);

        tell(IMAGES.stopped("r1", given.getJob()), IMAGES.stopped("r1", given.getJob()));

        assertThat(view("r1").stopped()).hasSize(1);
        assertThat(view("r1").live()).isEmpty();
        assertThat(view("r1").stages().get(1).total()).isEqualTo(1);
        assertThat(RunJson.detail(view("r1"))
                        .at("/stopped/0/deviceSecondsSaved")
                        .asDouble())
                .isEqualTo(120);

        tell(given);
        assertThat(view("r1").retrainings(Stage.SELECTION))
                .as("for another run")
                .isEmpty();
    }

    private StageView evaluation(String run) {
        return view(run).stages().stream()
                .filter(stage -> stage.stage().equals(StageView.EVALUATION))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldCountOneSelectionForSearchesThatFoundTheSameCell() {
        tell(IMAGES.dataset("shapes", "v1"), IMAGES.request("r1"));
        assertThat(view("r1").stages().get(1).total()).isEqualTo(2);

        tell(IMAGES.derived("r1", 0, 3, IMAGES.cell()), IMAGES.derived("r1", 1, 3, IMAGES.cell()));

        assertThat(view("r1").stages().get(1).total()).isEqualTo(1);
    }

    @Test
    void shouldFollowTheLifeOfARun() {
        tell(IMAGES.dataset("shapes", "v1"), IMAGES.request("r1"));
        assertThat(view("r1").state()).isEqualTo(RunState.WAITING);

        tell(new RunPaused("r1", "maintenance", 0));
        assertThat(view("r1").state()).isEqualTo(RunState.PAUSED);
        assertThat(view("r1").reason()).isEqualTo("maintenance");

        tell(new RunResumed("r1", "", 0));
        assertThat(view("r1").state()).isEqualTo(RunState.WAITING);

        tell(new RunCancelled("r1", "wrong file", 0));
        assertThat(view("r1").state()).isEqualTo(RunState.CANCELLING);

        tell(finished("r1", RunOutcome.CANCELLED, "wrong file"));
        assertThat(view("r1").state()).isEqualTo(RunState.CANCELLED);
        assertThat(view("r1").finishedAt()).contains(START);
    }

    @Test
    void shouldOpenAFailedRunAnewWhenItIsAskedForAgain() {
        tell(IMAGES.dataset("shapes", "v1"), IMAGES.request("r1"), finished("r1", RunOutcome.FAILED, "out of memory"));
        assertThat(view("r1").state()).isEqualTo(RunState.FAILED);
        assertThat(view("r1").reason()).isEqualTo("out of memory");

        tell(IMAGES.request("r1"));
        assertThat(view("r1").state()).as("a replay of the first request").isEqualTo(RunState.FAILED);

        tell(inEpoch(2));

        assertThat(view("r1").state()).isEqualTo(RunState.WAITING);
        assertThat(view("r1").requestEpoch()).isEqualTo(2);
        assertThat(view("r1").finishedAt()).isEmpty();
    }

    @Test
    void shouldOpenAFailedRunAnewForWhoeverDoesNotCountButAsksLater() {
        tell(IMAGES.dataset("shapes", "v1"), IMAGES.request("r1"), finished("r1", RunOutcome.FAILED, "out of memory"));

        board.apply(IMAGES.request("r1"), START.plusSeconds(1));

        assertThat(view("r1").state()).isEqualTo(RunState.WAITING);
        assertThat(view("r1").requestEpoch()).isEqualTo(2);
        assertThat(view("r1").requestedAt()).isEqualTo(START.plusSeconds(1));
    }

    @Test
    void shouldShowARunThatCannotGoOnUntilItsEndIsTold() {
        tell(IMAGES.dataset("shapes", "v1"), IMAGES.request("r1"));
        tell(new RunBlocked("r1", 1, "search", "s1", "the disk is full"));

        assertThat(view("r1").state()).isEqualTo(RunState.BLOCKED);
        assertThat(view("r1").reason()).isEqualTo("the disk is full");
        assertThat(view("r1").finishedAt()).isEmpty();
        assertThat(view("r1").mayBeginAgain()).isTrue();
    }

    @Test
    void shouldListTheOtherRunsBesideOnesThatMakeNoSense() {
        // Given requests that came as events, which the REST interface would have refused
        var request = IMAGES.request("r1");
        var nonsense = List.of(
                RunRequested.newBuilder(request).setEvaluationSeeds(List.of()),
                RunRequested.newBuilder(request).setSearchSeeds(List.of()),
                RunRequested.newBuilder(request).setSearchSeeds(List.of(0L, 0L)),
                RunRequested.newBuilder(request).setGenotype("no cell").setEvaluationSeeds(List.of()),
                RunRequested.newBuilder(request)
                        .setSearch(SearchSettings.newBuilder(request.getSearch())
                                .setEpochs(0)
                                .build()),
                RunRequested.newBuilder(request).setDataset("").setDatasetVersion(""));

        // When
        tell(IMAGES.wholeRun("r1"));
        for (var i = 0; i < nonsense.size(); i++) {
            var run = "bad" + i;
            tell(nonsense.get(i).setRun(run).build(), IMAGES.derived(run, 0, 3, IMAGES.cell()));
        }

        // Then
        assertThat(board.runs()).hasSize(1 + nonsense.size());
        assertThat(board.runs()).allSatisfy(view -> {
            assertThat(RunJson.summary(view).path("run").asText()).isEqualTo(view.run());
            assertThat(RunJson.detail(view).toString()).doesNotContain("NaN");
        });
    }

    @Test
    void shouldNotEndARunByTheLateEndOfItsCancellation() {
        tell(IMAGES.dataset("shapes", "v1"), IMAGES.request("r1"), new RunCancelled("r1", "wrong file", 0));
        tell(new RunPaused("r1", "", 0), new RunResumed("r1", "", 0));
        assertThat(view("r1").state()).isEqualTo(RunState.CANCELLING);

        tell(inEpoch(2), new RunFinished("r1", RunOutcome.CANCELLED, "wrong file", 1));

        assertThat(view("r1").state()).isEqualTo(RunState.WAITING);
        assertThat(view("r1").reason()).isEmpty();
    }

    @Test
    void shouldNotOpenASuccessfulRunAnew() {
        tell(IMAGES.wholeRun("r1"));

        tell(inEpoch(2), new RunPaused("r1", "", 0), new RunCancelled("r1", "", 0));
        board.apply(IMAGES.request("r1"), START.plusSeconds(1));

        assertThat(view("r1").state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void shouldListFailedAttemptsOnceAndInOrder() {
        tell(IMAGES.dataset("shapes", "v1"), IMAGES.request("r1"));
        var first = failed(IMAGES.search(0), "r1", 1, true);
        var last = failed(IMAGES.search(0), "r1", 2, false);

        tell(first, last, first);

        assertThat(view("r1").failures()).containsExactly(first, last);
    }

    @Test
    void shouldFindRunsByTheFirstDigitsAndListTheNewestFirst() {
        tell(IMAGES.dataset("shapes", "v1"), IMAGES.request("ra1"), IMAGES.request("ra2"), IMAGES.request("rb1"));

        assertThat(board.runsBeginning("ra")).extracting(RunView::run).containsExactly("ra1", "ra2");
        assertThat(board.runs()).extracting(RunView::run).containsExactly("rb1", "ra2", "ra1");
        assertThat(board.run("ra")).isEmpty();
    }

    @Test
    void shouldKnowTheNewestVersionOfADataset() {
        tell(IMAGES.dataset("shapes", "v1"), IMAGES.dataset("shapes", "v2"), IMAGES.dataset("scenes", "v1"));

        assertThat(board.dataset("shapes")).get().extracting("version").isEqualTo("v2");
        assertThat(board.datasets()).hasSize(3);
    }

    @Test
    void shouldPassOverJobsOfOtherRuns() {
        tell(IMAGES.dataset("shapes", "v1"), IMAGES.request("r1"));

        tell(IMAGES.progressed("s-other", "r9", "search", 1, 0.5), failed("s-other", "r9", 1, false));

        assertThat(view("r1").live()).isEmpty();
        assertThat(view("r1").failures()).isEmpty();
    }

    @Test
    void shouldWriteAbsentFactsAsAbsentFields() {
        tell(IMAGES.request("r1"));

        var json = RunJson.detail(view("r1"));

        assertThat(json.has("selection")).isFalse();
        assertThat(json.has("decision")).isFalse();
        assertThat(json.path("state").asText()).isEqualTo("WAITING");
        assertThat(json.path("request").path("search").path("method").asText()).isEqualTo("darts-first-order");
    }

    @Test
    void shouldShowARunOnTextByItsPerplexitiesAlone() {
        tell(TEXT.wholeRun("t1"));

        var json = RunJson.detail(view("t1"));

        assertThat(json.path("measure").asText()).isEqualTo("PERPLEXITY");
        assertThat(json.path("unigramPerplexity").asDouble()).isEqualTo(150.0);
        var epoch = json.path("searches").get(0).path("checkpoints").get(1);
        assertThat(epoch.path("trainPerplexity").asDouble()).isCloseTo(110.0, within(1e-9));
        assertThat(epoch.path("validPerplexity").asDouble()).isCloseTo(105.0, within(1e-9));
        assertThat(json.path("chosen").path("meanPerplexity").asDouble()).isEqualTo(80.5);
        assertThat(json.path("chosen").path("sdPerplexity").asDouble()).isEqualTo(0.71);
        assertThat(json.path("random").path("perplexities").toString()).isEqualTo("[90.0,91.0]");
        var retraining = json.path("retrainings").get(1);
        assertThat(retraining.path("perplexity").asDouble()).isEqualTo(80.0);
        assertThat(retraining.path("curve").get(0).path("heldOutPerplexity").asDouble())
                .isCloseTo(95.0, within(1e-9));
        assertThat(json.path("transfer").path("perplexity").asDouble()).isEqualTo(88.8);
        assertThat(json.path("transfer").path("unigramPerplexity").asDouble()).isEqualTo(170.0);
        for (var part : List.of("searches", "chosen", "random", "retrainings", "transfer")) {
            assertThat(json.path(part).toString())
                    .doesNotContainIgnoringCase("error")
                    .doesNotContainIgnoringCase("accuracy");
        }
    }

    @Test
    void shouldShowARunOnImagesByItsErrorsAlone() {
        tell(IMAGES.wholeRun("r1"));

        var json = RunJson.detail(view("r1"));

        assertThat(json.path("measure").asText()).isEqualTo("ERROR_PERCENT");
        assertThat(json.path("retrainings").findValuesAsText("errorPercent")).contains("30.0", "31.0", "36.0", "37.0");
        for (var part : List.of("searches", "chosen", "random", "retrainings", "transfer")) {
            assertThat(json.path(part).toString()).doesNotContainIgnoringCase("perplexit");
        }
    }

    private static RunFinished finished(String run, RunOutcome outcome, String reason) {
        return new RunFinished(run, outcome, reason, 0);
    }

    private static RunRequested inEpoch(int epoch) {
        return RunRequested.newBuilder(IMAGES.request("r1"))
                .setRequestEpoch(epoch)
                .build();
    }

    private boolean ofRunsTopic(SpecificRecord event) {
        return Topics.RUNS.carries(event);
    }

    private RunView view(String run) {
        return board.run(run).orElseThrow();
    }

    private void tell(List<SpecificRecord> events) {
        events.forEach(event -> board.apply(event, START));
    }

    private void tell(SpecificRecord... events) {
        tell(List.of(events));
    }
}
