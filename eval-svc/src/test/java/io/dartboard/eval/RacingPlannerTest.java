package io.dartboard.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.dartboard.events.Candidate;
import io.dartboard.events.CellSelected;
import io.dartboard.events.CurvePoint;
import io.dartboard.events.EpochJudged;
import io.dartboard.events.EvaluationJob;
import io.dartboard.events.GenotypeRetrained;
import io.dartboard.events.JobProgressed;
import io.dartboard.events.Measure;
import io.dartboard.events.Origin;
import io.dartboard.events.RetrainingStopped;
import io.dartboard.events.RunPaused;
import io.dartboard.events.RunRequested;
import io.dartboard.events.RunResumed;
import io.dartboard.events.Stage;
import io.dartboard.events.StageFinishRequested;
import io.dartboard.nas.genotype.Architecture;
import io.dartboard.nas.searchspace.SearchSpace;
import io.dartboard.pipeline.testkit.PlannerBench;
import io.dartboard.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RacingPlannerTest {
    private static final int EPOCHS = 10;
    /** What one comes to that is within the others, and far from the best. */
    private static final double BEHIND = 42.5;

    private static final Duration LOOK = Duration.ofSeconds(2);

    @TempDir
    Path state;

    @TempDir
    Path other;

    private EvalBench bench;

    @BeforeEach
    void setUp() {
        bench = bench(Facts.IMAGES, state);
    }

    @AfterEach
    void tearDown() {
        bench.close();
    }

    @ParameterizedTest
    @EnumSource(Facts.class)
    void shouldStopARetrainingThatCanNoLongerBeTheBestAndGoOnWithTheOthers(Facts facts) {
        bench.close();
        bench = bench(facts, other);
        bench.tell(Topics.RUNS, "r1", racing(facts, "r1", 14));
        var jobs = bench.jobs();
        finish(facts, jobs.subList(0, 12));
        var behind = jobs.get(12);
        var ahead = jobs.get(13);

        judge(facts, behind, 3, early(3, BEHIND), 70);
        judge(facts, ahead, 3, early(3, 40), 70);
        bench.pass(LOOK);

        var stopped = stopped();
        assertThat(stopped).hasSize(1);
        var word = stopped.get(0);
        assertThat(word.getRun()).isEqualTo("r1");
        assertThat(word.getJob()).isEqualTo(behind.getJob());
        assertThat(word.getGenotype()).isEqualTo(behind.getGenotype());
        assertThat(word.getEpoch()).isEqualTo(3);
        assertThat(word.getEpochs()).isEqualTo(EPOCHS);
        assertThat(word.getScore()).isEqualTo(early(3, BEHIND));
        assertThat(word.getToBeat()).isCloseTo(40, within(1e-9));
        assertThat(word.getLeader()).isEqualTo(jobs.get(0).getJob());
        assertThat(word.getLeaderIsDone()).isTrue();
        assertThat(word.getAtBest()).isBetween(41.0, BEHIND);
        assertThat(word.getCurves()).isEqualTo(12);
        assertThat(word.getDeviceSecondsSaved()).isEqualTo(70);

        bench.tell(Topics.EVALUATIONS, "r1", done(facts, ahead, 39));
        var selected = bench.selected();
        assertThat(selected.getGenotype()).isEqualTo(ahead.getGenotype());
        assertThat(selected.getCandidates())
                .extracting(Candidate::getGenotype)
                .hasSize(13)
                .doesNotContain(behind.getGenotype());
        assertThat(selected.getReason())
                .endsWith("; 1 cell's retraining was stopped before its end, for it could no longer be the best");
        assertThat(bench.jobs()).extracting(EvaluationJob::getStage).containsOnly(Stage.FULL);
    }

    @Test
    void shouldStopNothingOfARunThatDoesNotRace() {
        bench.tell(Topics.RUNS, "r1", without("r1", 13));
        var jobs = bench.jobs();
        finish(Facts.IMAGES, jobs.subList(0, 12));

        judge(Facts.IMAGES, jobs.get(12), 3, early(3, BEHIND), 70);
        bench.pass(LOOK);

        assertThat(stopped()).isEmpty();
        assertThat(bench.told(Topics.EVALUATIONS, CellSelected.class)).isEmpty();
        bench.tell(Topics.EVALUATIONS, "r1", done(Facts.IMAGES, jobs.get(12), 60));
        assertThat(bench.selected().getReason()).doesNotContain("stopped");
    }

    @Test
    void shouldStopNothingByFewCurves() {
        bench.tell(Topics.RUNS, "r1", racing("r1", 10));
        var jobs = bench.jobs();
        finish(Facts.IMAGES, jobs.subList(0, 9));

        judge(Facts.IMAGES, jobs.get(9), 3, early(3, BEHIND), 70);
        bench.pass(LOOK);

        assertThat(stopped()).isEmpty();
    }

    @Test
    void shouldStopNothingThatIsKnownByOneEpochAlone() {
        bench.tell(Topics.RUNS, "r1", racing("r1", 13));
        var jobs = bench.jobs();
        finish(Facts.IMAGES, jobs.subList(0, 12));

        var job = jobs.get(12);
        bench.tell(Topics.PROGRESS, job.getJob(), judged(Facts.IMAGES, job, 3, early(3, BEHIND), 70));
        bench.pass(LOOK);

        assertThat(stopped()).isEmpty();
    }

    @Test
    void shouldStopAllButTheOneThatLeadsByTheCurvesOfAnEarlierRun() {
        bench.tell(Topics.RUNS, "r0", without("r0", 12));
        finish(Facts.IMAGES, bench.jobs());
        bench.selected();
        bench.jobs();
        bench.tell(Topics.RUNS, "r1", racing("r1", 12, 15));
        var jobs = bench.jobs();

        judge(Facts.IMAGES, jobs.get(0), 5, early(5, BEHIND), 50);
        judge(Facts.IMAGES, jobs.get(1), 5, early(5, 35), 50);
        bench.pass(LOOK);
        judge(Facts.IMAGES, jobs.get(2), 5, early(5, BEHIND), 50);
        bench.pass(LOOK);

        var stopped = stopped();
        assertThat(stopped)
                .extracting(RetrainingStopped::getJob)
                .containsExactly(jobs.get(0).getJob(), jobs.get(2).getJob());
        assertThat(stopped).allSatisfy(word -> {
            assertThat(word.getLeader()).isEqualTo(jobs.get(1).getJob());
            assertThat(word.getLeaderIsDone()).isFalse();
        });

        bench.tell(Topics.EVALUATIONS, "r1", done(Facts.IMAGES, jobs.get(1), 35));
        assertThat(bench.selected().getReason())
                .isEqualTo(
                        "the cell that is left, validation error 35.00 %; 2 cells' retrainings were each stopped before its"
                                + " end, for it could no longer be the best");
    }

    @Test
    void shouldChooseOnceTheLastThatWasStillTrainingIsStopped() {
        bench.tell(Topics.RUNS, "r1", racing("r1", 13));
        var jobs = bench.jobs();
        finish(Facts.IMAGES, jobs.subList(0, 12));

        judge(Facts.IMAGES, jobs.get(12), 3, early(3, BEHIND), 70);
        bench.pass(LOOK);

        assertThat(bench.selected().getGenotype()).isEqualTo(jobs.get(0).getGenotype());
    }

    @Test
    void shouldLookAtEachOnceInAnEpoch() {
        bench.tell(Topics.RUNS, "r1", racing("r1", 14));
        var jobs = bench.jobs();
        finish(Facts.IMAGES, jobs.subList(0, 12));
        judge(Facts.IMAGES, jobs.get(12), 3, early(3, 40), 70);
        bench.pass(LOOK);
        assertThat(stopped()).isEmpty();

        bench.tell(Topics.EVALUATIONS, "r1", done(Facts.IMAGES, jobs.get(13), 1));
        judge(Facts.IMAGES, jobs.get(12), 3, early(3, BEHIND), 70);
        bench.pass(LOOK);
        assertThat(stopped()).as("the epoch has had its look").isEmpty();

        judge(Facts.IMAGES, jobs.get(12), 4, early(4, 40), 60);
        bench.pass(LOOK);
        assertThat(stopped()).extracting(RetrainingStopped::getEpoch).containsExactly(4);
    }

    @Test
    void shouldLeaveTheJobToAnotherRunThatWantsItAndSayThatNothingIsSaved() {
        bench.tell(Topics.RUNS, "r1", racing("r1", 13));
        bench.tell(Topics.RUNS, "r2", without("r2", 13));
        var jobs = bench.jobs().subList(0, 13);
        finish(Facts.IMAGES, jobs.subList(0, 12));

        judge(Facts.IMAGES, jobs.get(12), 3, early(3, BEHIND), 70);
        bench.pass(LOOK);

        assertThat(stopped()).extracting(RetrainingStopped::getRun).containsExactly("r1");
        assertThat(bench.selected().getRun()).isEqualTo("r1");
        bench.jobs();
        bench.pass(Duration.ofMinutes(10));
        assertThat(bench.jobs())
                .filteredOn(job -> job.getJob().equals(jobs.get(12).getJob()))
                .isNotEmpty()
                .extracting(EvaluationJob::getRun)
                .containsOnly("r2");
        bench.tell(Topics.EVALUATIONS, "r2", done(Facts.IMAGES, jobs.get(12), 39));
        var selected = bench.selected();
        assertThat(selected.getRun()).isEqualTo("r2");
        assertThat(selected.getGenotype()).isEqualTo(jobs.get(12).getGenotype());
    }

    @Test
    void shouldTellWhatIsSavedWhereNobodyElseWantsTheJob() {
        bench.tell(Topics.RUNS, "r1", racing("r1", 13));
        bench.tell(Topics.RUNS, "r2", without("r2", 13));
        bench.tell(Topics.RUNS, "r2", new RunPaused("r2", "", 1));
        var jobs = bench.jobs().subList(0, 13);
        finish(Facts.IMAGES, jobs.subList(0, 12));

        judge(Facts.IMAGES, jobs.get(12), 3, early(3, BEHIND), 70);
        bench.pass(LOOK);
        assertThat(stopped())
                .extracting(RetrainingStopped::getDeviceSecondsSaved)
                .containsExactly(70.0);

        bench.jobs();
        bench.tell(Topics.RUNS, "r2", new RunResumed("r2", "", 1));
        assertThat(bench.jobs())
                .as("who wants it in full has it gone on with")
                .extracting(EvaluationJob::getJob)
                .containsExactly(jobs.get(12).getJob());
    }

    @Test
    void shouldAskNoMoreForWhatWasStopped() {
        bench.tell(Topics.RUNS, "r1", racing("r1", 14));
        var jobs = bench.jobs();
        finish(Facts.IMAGES, jobs.subList(0, 12));
        judge(Facts.IMAGES, jobs.get(12), 3, early(3, BEHIND), 70);
        bench.pass(LOOK);
        assertThat(stopped()).hasSize(1);

        bench.pass(Duration.ofHours(2));
        bench.tell(Topics.RUNS, "r1", new RunPaused("r1", "", 1), new RunResumed("r1", "", 1));

        assertThat(bench.jobs())
                .isNotEmpty()
                .extracting(EvaluationJob::getJob)
                .containsOnly(jobs.get(13).getJob());
        assertThat(stopped()).isEmpty();
    }

    @Test
    void shouldNotRaceWhatShallFinishNow() {
        bench.tell(Topics.RUNS, "r1", racing("r1", 13));
        var jobs = bench.jobs();
        finish(Facts.IMAGES, jobs.subList(0, 12));
        bench.tell(Topics.RUNS, "r1", new StageFinishRequested("r1", "selection", "", 1));

        judge(Facts.IMAGES, jobs.get(12), 3, early(3, BEHIND), 70);
        bench.pass(LOOK);

        assertThat(stopped()).isEmpty();
    }

    @Test
    void shouldNotRaceTheRandomCellsThatARunIsComparedWith() {
        bench.tell(Topics.RUNS, "r0", without("r0", 12));
        finish(Facts.IMAGES, bench.jobs());
        bench.selected();
        bench.jobs();
        bench.tell(
                Topics.RUNS,
                "r1",
                RunRequested.newBuilder(racing("r1", 12)).setRandomCells(3).build());
        bench.selected();
        var random = bench.jobs().stream()
                .filter(job -> job.getOrigin() == Origin.RANDOM)
                .toList();
        assertThat(random).hasSize(3).extracting(EvaluationJob::getStage).containsOnly(Stage.SELECTION);

        judge(Facts.IMAGES, random.get(0), 3, early(3, 40), 70);
        judge(Facts.IMAGES, random.get(1), 3, early(3, BEHIND), 70);
        bench.pass(LOOK);

        assertThat(stopped()).isEmpty();
    }

    @Test
    void shouldObeyWhatItHasToldOnceItHasLostItsState() {
        // Given: a run that has stopped a retraining and chosen, and another for which that job was finished afterwards
        bench.tell(Topics.RUNS, "r1", racing("r1", 13));
        bench.tell(Topics.RUNS, "r2", without("r2", 13));
        var jobs = bench.jobs().subList(0, 13);
        var results = results(Facts.IMAGES, jobs.subList(0, 12));
        results.forEach(result -> bench.tell(Topics.EVALUATIONS, "r1", result));
        var before = judged(Facts.IMAGES, jobs.get(12), 2, early(2, BEHIND), 80);
        var judged = judged(Facts.IMAGES, jobs.get(12), 3, early(3, BEHIND), 70);
        bench.tell(Topics.PROGRESS, judged.getJob(), before, judged);
        bench.pass(LOOK);
        var word = stopped().get(0);
        var selected = bench.selected();
        var late = done(Facts.IMAGES, jobs.get(12), 1);
        bench.close();

        // When: another planner, without a ledger, reads an hour later what stands on the topics, and looks at the
        // clock meanwhile
        bench = bench(Facts.IMAGES, other);
        var then = PlannerBench.START.minus(Duration.ofHours(1));
        bench.tellAt(then, Topics.RUNS, "r1", racing("r1", 13));
        bench.tellAt(then, Topics.RUNS, "r2", without("r2", 13));
        results.forEach(result -> bench.tellAt(then, Topics.EVALUATIONS, "r1", result));
        bench.tellAt(then, Topics.PROGRESS, judged.getJob(), before);
        bench.tellAt(then, Topics.PROGRESS, judged.getJob(), judged);
        bench.pass(LOOK);
        assertThat(stopped()).as("what is read may have been decided long ago").isEmpty();
        bench.tellAt(then, Topics.STEERING, word.getJob(), word);
        bench.tellAt(then, Topics.EVALUATIONS, "r1", selected);
        bench.tellAt(then, Topics.EVALUATIONS, "r2", late);
        bench.pass(LOOK);

        // Then
        assertThat(stopped()).as("its own words are told once").isEmpty();
        assertThat(bench.told(Topics.EVALUATIONS, CellSelected.class))
                .extracting(CellSelected::getRun, each -> each.getCandidates().size())
                .contains(tuple("r2", 13))
                .doesNotContain(tuple("r1", 13));
    }

    private static EvalBench bench(Facts facts, Path state) {
        var bench = new EvalBench(facts, state);
        bench.publish();
        return bench;
    }

    private static RunRequested racing(String run, int cells) {
        return racing(Facts.IMAGES, run, cells);
    }

    private static RunRequested racing(Facts facts, String run, int cells) {
        return RunRequested.newBuilder(without(facts, run, LongStream.range(0, cells)))
                .setRacing(true)
                .build();
    }

    /** The cells of these seeds. */
    private static RunRequested racing(String run, int from, int to) {
        return RunRequested.newBuilder(without(Facts.IMAGES, run, LongStream.range(from, to)))
                .setRacing(true)
                .build();
    }

    private static RunRequested without(String run, int cells) {
        return without(Facts.IMAGES, run, LongStream.range(0, cells));
    }

    private static RunRequested without(Facts facts, String run, LongStream seeds) {
        var space = SearchSpace.of(facts.search().getSpace());
        return RunRequested.newBuilder(facts.run(run))
                .setGenotypes(seeds.mapToObj(
                                seed -> Architecture.random(space, 100 + seed).toString())
                        .toList())
                .setSelection(facts.retrain(EPOCHS))
                .build();
    }

    /** The first is the best, at 40; each of the others comes to a third of a point more. */
    private void finish(Facts facts, List<EvaluationJob> jobs) {
        results(facts, jobs).forEach(result -> bench.tell(Topics.EVALUATIONS, result.getRun(), result));
    }

    private static List<GenotypeRetrained> results(Facts facts, List<EvaluationJob> jobs) {
        return IntStream.range(0, jobs.size())
                .mapToObj(i -> done(facts, jobs.get(i), 40 + i / 3.0))
                .toList();
    }

    private static GenotypeRetrained done(Facts facts, EvaluationJob job, double end) {
        var points = new ArrayList<CurvePoint>();
        for (var epoch = 1; epoch <= EPOCHS; epoch++) {
            var score = epoch == EPOCHS ? end : early(epoch, end);
            points.add(
                    facts == Facts.IMAGES
                            ? new CurvePoint(epoch, 1.0, 0.5, 1.0, 1 - score / 100)
                            : new CurvePoint(epoch, 1.0, 0.0, Math.log(score), 0.0));
        }
        return GenotypeRetrained.newBuilder(facts.retrained(job, end, 100, 1))
                .setCurve(points)
                .build();
    }

    /** Where a cell stands after an epoch that comes to this in the end, with some scatter. */
    private static double early(int epoch, double end) {
        return end + 2.0 * (EPOCHS - epoch) + 0.1 * ((int) (end * 3) % 3 - 1);
    }

    /** Its worker tells of an epoch, and of the one before, which was worse. */
    private void judge(Facts facts, EvaluationJob job, int epoch, double score, double left) {
        bench.tell(
                Topics.PROGRESS,
                job.getJob(),
                judged(facts, job, epoch - 1, score + 2, left + 10),
                judged(facts, job, epoch, score, left));
    }

    private static JobProgressed judged(Facts facts, EvaluationJob job, int epoch, double score, double left) {
        var measure = facts == Facts.IMAGES ? Measure.ERROR_PERCENT : Measure.PERPLEXITY;
        return JobProgressed.newBuilder()
                .setJob(job.getJob())
                .setRun(job.getRun())
                .setStage("selection")
                .setAttempt(1)
                .setFraction((double) epoch / EPOCHS)
                .setEtaSeconds(left)
                .setImagesPerSecond(1)
                .setDevice("cpu")
                .setDeviceSeconds(10.0 * epoch)
                .setJudged(new EpochJudged(epoch, measure, score))
                .build();
    }

    private List<RetrainingStopped> stopped() {
        return bench.told(Topics.STEERING, RetrainingStopped.class);
    }
}
