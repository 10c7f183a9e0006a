package io.dartboard.search.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.dartboard.events.ChampionDecided;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.DecisionAction;
import io.dartboard.events.GenotypeEvaluated;
import io.dartboard.events.Measure;
import io.dartboard.events.OrderPlaced;
import io.dartboard.events.OrderPolicy;
import io.dartboard.events.OrderSchedule;
import io.dartboard.events.OrderState;
import io.dartboard.events.Origin;
import io.dartboard.events.RunFinished;
import io.dartboard.events.RunOutcome;
import io.dartboard.events.RunPaused;
import io.dartboard.events.RunRequested;
import io.dartboard.events.RunResumed;
import io.dartboard.events.Stage;
import io.dartboard.events.Standing;
import io.dartboard.events.Verdict;
import io.dartboard.events.VersionDecided;
import io.dartboard.nas.genotype.PublishedGenotypes;
import io.dartboard.pipeline.planner.PlannerTopology;
import io.dartboard.pipeline.score.Score;
import io.dartboard.pipeline.score.SeedScores;
import io.dartboard.pipeline.testkit.PlannerBench;
import io.dartboard.schemas.Topics;
import io.dartboard.search.request.DevicePrice;
import io.dartboard.search.work.Told;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrderPlannerTest {
    private static final DevicePrice PRICE = new DevicePrice(Optional.of(2.0));
    private static final String CELL = PublishedGenotypes.DARTS_V2.toString();
    private static final Duration DEBOUNCE = Duration.ofSeconds(30);
    private static final Duration EVERY = Duration.ofMinutes(10);
    private static final Instant FROM = PlannerBench.START.plus(EVERY);

    @TempDir
    Path state;

    @TempDir
    Path afterwards;

    private final List<Heard> heard = new ArrayList<>();
    private final List<SpecificRecord> unread = new ArrayList<>();
    private PlannerBench bench;
    private Standings seen = new Standings(Instant.EPOCH, List.of(), Map.of());

    /** A fact and when it was told. */
    private record Heard(Instant at, SpecificRecord fact) {}

    @BeforeEach
    void setUp() {
        bench = new PlannerBench(new OrderPlanner(PRICE, all -> seen = all), state);
    }

    @AfterEach
    void tearDown() {
        bench.close();
    }

    @Test
    void shouldSearchOnTheFirstVersionForThereIsNoChampion() {
        tell(version("1"), order(policy()));
        assertThat(decided()).isEmpty();

        pass(DEBOUNCE.plusSeconds(5));

        var asked = requested();
        assertThat(asked).singleElement().satisfies(run -> {
            assertThat(run.getDatasetVersion()).isEqualTo("1");
            assertThat(run.getMeasureOnly()).isFalse();
            assertThat(run.getSearchSeeds()).containsExactly(0L, 1L);
            assertThat(run.getRequestEpoch()).isEqualTo(1);
            assertThat(run.getRequestedBy()).isEqualTo("order shapes");
        });
        assertThat(decided()).singleElement().satisfies(decision -> {
            assertThat(decision.getAction()).isEqualTo(DecisionAction.SEARCH);
            assertThat(decision.getReasons()).containsExactly("no cell has been found for dataset shapes yet");
            assertThat(decision.getRuns()).containsExactly(asked.get(0).getRun());
        });
    }

    @Test
    void shouldKeepTheChampionWhereItsCellComesToWhatWasForecast() {
        var search = searched("1");
        tell(version("2"));
        pass(DEBOUNCE.plusSeconds(5));

        var measures = requested();
        assertThat(measures).extracting(RunRequested::getDatasetVersion).containsExactly("2", "1");
        assertThat(measures).allSatisfy(run -> {
            assertThat(run.getMeasureOnly()).isTrue();
            assertThat(run.getGenotype()).isEqualTo(CELL);
            assertThat(run.getSearchSeeds()).isEmpty();
            assertThat(run.getEvaluationSeeds()).containsExactly(0L, 1L);
            assertThat(run.getTransfer()).isNull();
        });
        assertThat(decided()).extracting(VersionDecided::getAction).containsExactly(DecisionAction.MEASURE);

        tell(Told.checkpoint("s", search, 2, true));
        measured(measures.get(1), 20, 22);
        assertThat(decided()).isEmpty();
        measured(measures.get(0), 21, 23);

        assertThat(decided()).singleElement().satisfies(decision -> {
            assertThat(decision.getAction()).isEqualTo(DecisionAction.KEEP);
            assertThat(decision.getNumbers()).contains(entry("measured", 22.0), entry("forecast", 21.0));
            // Each version's seeds have a deviation of sqrt 2, so the difference of two means of two has one of sqrt 2.
            assertThat(decision.getNumbers().get("standardError")).isCloseTo(Math.sqrt(2), within(1e-9));
            assertThat(decision.getNumbers().get("allowed")).isCloseTo(2 * Math.sqrt(2), within(1e-9));
            assertThat(decision.getReasons())
                    .containsExactly("the cell comes to a validation error of 22.00 % here and 21.00 % was forecast"
                            + " from 1 version before: 1.00 points worse, and up to 2.83 points worse is allowed");
            assertThat(decision.getDeviceSecondsSaved()).isEqualTo(1);
        });
        assertThat(requested()).isEmpty();
    }

    @Test
    void shouldQuestionTheLastCellFoundWhereNoneHasBeenPromoted() {
        tell(version("1"), order(policy()));
        pass(DEBOUNCE.plusSeconds(5));
        succeed(requested().get(0), Verdict.INCONCLUSIVE);
        decided();
        tell(version("2"));
        pass(DEBOUNCE.plusSeconds(5));

        assertThat(requested()).extracting(RunRequested::getGenotype).containsOnly(CELL);
        assertThat(decided()).singleElement().satisfies(decision -> assertThat(decision.getReasons())
                .anyMatch(reason -> reason.contains("which no verdict has promoted")));
    }

    @Test
    void shouldNotTakeAVerdictThatIsRepeatedForTheChampionsOfToday() {
        var first = promoted(searched("1"), CELL);
        var other = PublishedGenotypes.DARTS_V1.toString();
        tell(promoted("another", other), first);
        tell(version("2"));
        pass(DEBOUNCE.plusSeconds(5));

        assertThat(requested()).extracting(RunRequested::getGenotype).containsOnly(other);
    }

    private static ChampionDecided promoted(String run, String genotype) {
        var told = Told.champion(run);
        return ChampionDecided.newBuilder(told)
                .setDatasetVersion("1")
                .setVerdict(Verdict.PROMOTED)
                .setChallenger(Standing.newBuilder(told.getChallenger())
                        .setRun(run)
                        .setGenotype(genotype)
                        .build())
                .build();
    }

    @Test
    void shouldSearchWhereTheChampionFallsBehindAndMeasureItsOwnVersionNoMoreThanOnce() {
        searched("1");
        tell(version("2"));
        pass(DEBOUNCE.plusSeconds(5));
        var first = requested();
        measured(first.get(0), 20, 22);
        measured(first.get(1), 20, 22);
        tell(version("3"));
        pass(DEBOUNCE.plusSeconds(5));
        decided();

        var second = requested();
        assertThat(second).extracting(RunRequested::getDatasetVersion).containsExactly("3");
        measured(second.get(0), 30, 31);

        assertThat(decided()).singleElement().satisfies(decision -> {
            assertThat(decision.getAction()).isEqualTo(DecisionAction.SEARCH);
            assertThat(decision.getReasons().get(0)).contains("from 2 versions before: 9.50 points worse");
        });
        assertThat(requested()).singleElement().satisfies(run -> {
            assertThat(run.getDatasetVersion()).isEqualTo("3");
            assertThat(run.getMeasureOnly()).isFalse();
        });
    }

    @Test
    void shouldPassOverAVersionThatANewerOneOvertakes() {
        searched("1");
        tell(version("2"));
        pass(DEBOUNCE.dividedBy(2));
        tell(version("3"));
        pass(DEBOUNCE.minusSeconds(5));
        assertThat(decided()).isEmpty();
        pass(Duration.ofSeconds(10));

        assertThat(decided())
                .extracting(VersionDecided::getVersion, VersionDecided::getAction)
                .containsExactly(tuple("2", DecisionAction.PASS), tuple("3", DecisionAction.MEASURE));
    }

    @Test
    void shouldWaitWithTheNextVersionUntilASearchHasEnded() {
        tell(version("1"), order(policy()));
        pass(DEBOUNCE.plusSeconds(5));
        var run = requested().get(0);
        decided();
        tell(version("2"));
        pass(DEBOUNCE.multipliedBy(4));
        assertThat(decided()).isEmpty();

        tell(new RunFinished(run.getRun(), RunOutcome.FAILED, "the disk is full", 1));

        assertThat(decided())
                .extracting(VersionDecided::getVersion, VersionDecided::getAction)
                .containsExactly(tuple("2", DecisionAction.SEARCH));
    }

    @Test
    void shouldSearchByCountAndWhereClassesHaveChanged() {
        searched("1", OrderPolicy.newBuilder(policy()).setSearchEvery(1).build());
        tell(version("2"));
        pass(DEBOUNCE.plusSeconds(5));
        assertThat(decided()).singleElement().satisfies(decision -> {
            assertThat(decision.getAction()).isEqualTo(DecisionAction.SEARCH);
            assertThat(decision.getReasons())
                    .contains(
                            "it is the 1st version since version 1 was searched on, and the order has every 1st searched on");
        });
        succeed(requested().get(0), Verdict.KEPT);

        tell(DatasetPublished.newBuilder(version("3")).setClasses(11).build());
        pass(DEBOUNCE.plusSeconds(5));
        assertThat(decided()).singleElement().satisfies(decision -> {
            assertThat(decision.getAction()).isEqualTo(DecisionAction.SEARCH);
            assertThat(decision.getReasons())
                    .contains("it has 11 classes or words where version 1 has 10, so scores cannot be compared");
        });
    }

    @Test
    void shouldSearchOnceWhenAskedTo() {
        searched("1");
        tell(version("2"));
        pass(DEBOUNCE.plusSeconds(5));
        requested().forEach(run -> measured(run, 20, 22));
        decided();

        tell(OrderPlaced.newBuilder(order(policy())).setSearchesAsked(1).build());
        pass(DEBOUNCE);

        assertThat(decided())
                .extracting(VersionDecided::getVersion, VersionDecided::getAction)
                .containsExactly(tuple("2", DecisionAction.SEARCH));
        assertThat(requested()).hasSize(1);
    }

    @Test
    void shouldDoNothingWhilePausedAndTakeTheNewestVersionAfterwards() {
        searched("1");
        tell(OrderPlaced.newBuilder(order(policy())).setState(OrderState.PAUSED).build());
        tell(version("2"), version("3"));
        pass(DEBOUNCE.multipliedBy(2));
        assertThat(decided()).isEmpty();

        tell(order(policy()));

        assertThat(decided())
                .extracting(VersionDecided::getVersion, VersionDecided::getAction)
                .containsExactly(tuple("2", DecisionAction.PASS), tuple("3", DecisionAction.MEASURE));
    }

    @Test
    void shouldPassOverAVersionThatCannotBeMeasured() {
        searched("1");
        tell(version("2"));
        pass(DEBOUNCE.plusSeconds(5));
        decided();
        var runs = requested();
        tell(
                new RunFinished(runs.get(0).getRun(), RunOutcome.FAILED, "the disk is full", 1),
                new RunFinished(runs.get(1).getRun(), RunOutcome.CANCELLED, "", 1));

        assertThat(decided()).singleElement().satisfies(decision -> {
            assertThat(decision.getAction()).isEqualTo(DecisionAction.PASS);
            assertThat(decision.getReasons())
                    .containsExactly("it could not be measured: run %s failed, the disk is full"
                            .formatted(runs.get(0).getRun()));
        });
    }

    @Test
    void shouldPauseItsRunsWhenTheBudgetIsSpentAndGoOnWhenThereIsMore() {
        tell(version("1"), order(withBudget(5)));
        pass(DEBOUNCE.plusSeconds(5));
        var run = requested().get(0).getRun();
        assertThat(decided()).hasSize(1);

        tell(spent(run, 6));
        assertThat(read(RunPaused.class)).singleElement().satisfies(paused -> {
            assertThat(paused.getRun()).isEqualTo(run);
            assertThat(paused.getReason()).isEqualTo("order shapes has spent its budget of 5 device seconds a month");
        });
        tell(version("2"), new RunFinished(run, RunOutcome.CANCELLED, "", 1));
        pass(DEBOUNCE.multipliedBy(3));
        assertThat(decided())
                .extracting(VersionDecided::getVersion, VersionDecided::getAction)
                .containsExactly(tuple("2", DecisionAction.DEFER));

        tell(order(withBudget(50)));
        assertThat(decided())
                .extracting(VersionDecided::getVersion, VersionDecided::getAction)
                .containsExactly(tuple("2", DecisionAction.SEARCH));
    }

    @Test
    void shouldResumeWhatTheBudgetHadPausedAndNothingElse() {
        tell(version("1"), order(withBudget(5)));
        pass(DEBOUNCE.plusSeconds(5));
        var run = requested().get(0).getRun();
        tell(spent(run, 6));
        read(RunPaused.class);

        tell(order(withBudget(50)), order(withBudget(51)));

        assertThat(read(RunResumed.class)).containsExactly(new RunResumed(run, "order shapes has budget again", 1));
        tell(new RunPaused(run, "lunch", 1), order(withBudget(52)));
        assertThat(read(RunResumed.class)).isEmpty();
    }

    @Test
    void shouldCountMoneyAsDeviceSecondsAndKeepToTheTighterBudget() {
        tell(version("1"), order(withMoney(0.01)));
        pass(DEBOUNCE.plusSeconds(5));
        var run = requested().get(0).getRun();
        tell(spent(run, 17));
        assertThat(read(RunPaused.class)).isEmpty();
        tell(spent(run, 18));
        assertThat(read(RunPaused.class))
                .containsExactly(
                        new RunPaused(run, "order shapes has spent its budget of 18 device seconds a month", 1));

        tell(order(OrderPolicy.newBuilder(withMoney(0.02))
                .setDeviceSecondsPerMonth(18)
                .build()));
        assertThat(read(RunResumed.class)).isEmpty();
        tell(order(withMoney(0.02)));
        assertThat(read(RunResumed.class)).hasSize(1);
    }

    @Test
    void shouldLetVersionsWaitForTheScheduleAndSayOnceThatNoneHasCome() {
        searched("1", policy());
        tell(scheduled("question"));
        tell(version("2"), version("3"));
        pass(DEBOUNCE.multipliedBy(4));
        assertThat(decided()).isEmpty();

        pass(EVERY);
        assertThat(decided())
                .extracting(VersionDecided::getVersion, VersionDecided::getAction, VersionDecided::getDue)
                .containsExactly(
                        tuple("2", DecisionAction.PASS, null), tuple("3", DecisionAction.MEASURE, FROM.toString()));
        requested().forEach(run -> measured(run, 20, 22));
        assertThat(decided()).extracting(VersionDecided::getAction).containsExactly(DecisionAction.KEEP);

        pass(EVERY);
        assertThat(decided()).singleElement().satisfies(decision -> {
            assertThat(decision.getAction()).isEqualTo(DecisionAction.PASS);
            assertThat(decision.getDue()).isEqualTo(FROM.plus(EVERY).toString());
            assertThat(decision.getReasons())
                    .containsExactly(
                            "it was due at %s by the order's schedule".formatted(FROM.plus(EVERY)),
                            "no version has come since 3, and the same cell with the same settings and seeds comes to the same");
            assertThat(decision.getDeviceSecondsSpent()).isZero();
        });
        assertThat(requested()).isEmpty();
    }

    @Test
    void shouldSearchAgainWithOtherSeedsWhenItIsDueAndMakeUpOnceForWhatWasMissed() {
        searched("1", policy());
        tell(scheduled("search"));
        pass(Duration.between(bench.now(), FROM).plusSeconds(5));
        var again = requested();
        assertThat(again).singleElement().satisfies(run -> {
            assertThat(run.getDatasetVersion()).isEqualTo("1");
            assertThat(run.getSearchSeeds()).containsExactly(2L, 3L);
        });
        assertThat(decided())
                .extracting(VersionDecided::getAction, VersionDecided::getDue)
                .containsExactly(tuple(DecisionAction.SEARCH, FROM.toString()));

        pass(EVERY.multipliedBy(3));
        assertThat(decided()).isEmpty();
        succeed(again.get(0), Verdict.KEPT);
        pass(DEBOUNCE);

        assertThat(decided())
                .extracting(VersionDecided::getAction, VersionDecided::getDue)
                .containsExactly(tuple(
                        DecisionAction.SEARCH, FROM.plus(EVERY.multipliedBy(3)).toString()));
        assertThat(requested()).singleElement().satisfies(run -> assertThat(run.getSearchSeeds())
                .containsExactly(4L, 5L));
    }

    @Test
    void shouldTellHowItStands() {
        var from = bench.now();
        tell(version("1"), order(withBudget(100)));
        pass(PlannerTopology.TICK.multipliedBy(2));
        assertThat(seen.orders())
                .as("the burst is not over")
                .containsExactly(new OrderStanding("shapes", 100, 0, 0, Optional.empty()));
        assertThat(seen.promoted()).isEmpty();

        pass(DEBOUNCE.plusSeconds(5));
        var run = requested().get(0);
        tell(spent(run.getRun(), 70));
        succeed(run, Verdict.PROMOTED);
        var promoted = bench.now();
        pass(DEBOUNCE);
        assertThat(seen.orders()).containsExactly(new OrderStanding("shapes", 100, 70, 0, Optional.empty()));
        assertThat(seen.orders().get(0).left()).isEqualTo(30);
        assertThat(seen.promoted())
                .hasEntrySatisfying("shapes", at -> assertThat(at).isBetween(from, promoted));

        tell(spent(run.getRun(), 170), version("2"));
        var came = bench.now();
        pass(DEBOUNCE.multipliedBy(3));
        assertThat(seen.orders())
                .as("deferred for want of budget")
                .singleElement()
                .satisfies(order -> {
                    assertThat(order.spent()).isEqualTo(170);
                    assertThat(order.left()).isZero();
                    assertThat(order.undecided()).isEqualTo(1);
                    assertThat(order.dueSince().orElseThrow())
                            .isBetween(came.plus(DEBOUNCE).minusSeconds(1), came.plus(DEBOUNCE));
                });
        assertThat(seen.asOf()).isAfter(from);
    }

    @Test
    void shouldNotExpectAnOrderToDecideBeforeItsTime() {
        tell(version("1"), scheduled("question"));
        pass(DEBOUNCE.multipliedBy(3));

        assertThat(seen.orders()).singleElement().satisfies(order -> assertThat(order.undecided())
                .isZero());
    }

    @Test
    void shouldAnswerNoDueTimeAnewWhenItsStateIsLost() {
        searched("1", policy());
        tell(scheduled("search"));
        pass(Duration.between(bench.now(), FROM).plusSeconds(5));
        succeed(requested().get(0), Verdict.KEPT);
        decided();

        try (var later = new PlannerBench(new OrderPlanner(PRICE, all -> {}), afterwards)) {
            later.pass(Duration.between(later.now(), bench.now()));
            heard.forEach(each -> later.tellAt(each.at(), PlannerBench.topicOf(each.fact()), "key", each.fact()));
            later.pass(DEBOUNCE);

            var facts = heard.stream().map(Heard::fact).toList();
            assertThat(later.told(Topics.DECISIONS, VersionDecided.class)).allMatch(facts::contains);
            assertThat(later.told(Topics.RUNS, SpecificRecord.class)).allMatch(facts::contains);
        }
    }

    @Test
    void shouldDecideNothingOtherwiseWhenItsStateIsLost() {
        searched("1");
        tell(version("2"));
        pass(DEBOUNCE.plusSeconds(5));
        requested().forEach(run -> measured(run, 20, 22));
        tell(version("3"));
        pass(DEBOUNCE.dividedBy(2));
        tell(version("4"));
        pass(DEBOUNCE.plusSeconds(5));
        requested().forEach(run -> measured(run, 40, 42));
        decided();
        requested();

        try (var later = new PlannerBench(new OrderPlanner(PRICE, all -> {}), afterwards)) {
            heard.forEach(each -> later.tellAt(each.at(), PlannerBench.topicOf(each.fact()), "key", each.fact()));
            later.pass(DEBOUNCE.multipliedBy(3));

            // What follows from a fact at once is told again, word for word; nothing is decided that was not.
            var facts = heard.stream().map(Heard::fact).toList();
            assertThat(later.told(Topics.DECISIONS, VersionDecided.class))
                    .isNotEmpty()
                    .allMatch(facts::contains);
            assertThat(later.told(Topics.RUNS, SpecificRecord.class)).allMatch(facts::contains);
        }
    }

    private String searched(String version) {
        return searched(version, policy());
    }

    /** A dataset with a champion that the order has found on a version. */
    private String searched(String version, OrderPolicy policy) {
        tell(version(version), order(policy));
        pass(DEBOUNCE.plusSeconds(5));
        var run = requested().get(0);
        decided();
        succeed(run, Verdict.PROMOTED);
        return run.getRun();
    }

    private void succeed(RunRequested run, Verdict verdict) {
        tell(
                ChampionDecided.newBuilder(promoted(run.getRun(), CELL))
                        .setDatasetVersion(run.getDatasetVersion())
                        .setVerdict(verdict)
                        .build(),
                new RunFinished(run.getRun(), RunOutcome.SUCCEEDED, "", run.getRequestEpoch()));
    }

    private void measured(RunRequested run, double... errors) {
        var scores = SeedScores.of(DoubleStream.of(errors)
                .mapToObj(error -> new Score(Measure.ERROR_PERCENT, error))
                .toList());
        var evaluated = GenotypeEvaluated.newBuilder()
                .setRun(run.getRun())
                .setStage(Stage.SELECTION)
                .setOrigin(Origin.NAMED)
                .setGenotype(run.getGenotype())
                .setHash("h")
                .setSeeds(run.getEvaluationSeeds())
                .setParameters(1)
                .setMultiplyAdds(1)
                .setDeviceSeconds(1);
        tell(
                scores.tell(evaluated).build(),
                new RunFinished(run.getRun(), RunOutcome.SUCCEEDED, "", run.getRequestEpoch()));
    }

    private static SpecificRecord spent(String run, double seconds) {
        var checkpoint = Told.checkpoint("s-" + run, run, 1, false);
        checkpoint.put("deviceSeconds", seconds);
        return checkpoint;
    }

    private static DatasetPublished version(String version) {
        return Told.dataset("shapes", version);
    }

    private static OrderPolicy policy() {
        return OrderPolicy.newBuilder()
                .setMeasureSeeds(2)
                .setDebounceSeconds((int) DEBOUNCE.toSeconds())
                .build();
    }

    /** At two an hour. */
    private static OrderPolicy withMoney(double money) {
        return OrderPolicy.newBuilder(policy()).setMoneyPerMonth(money).build();
    }

    private static OrderPolicy withBudget(double seconds) {
        return OrderPolicy.newBuilder(policy())
                .setDeviceSecondsPerMonth(seconds)
                .build();
    }

    private static OrderPlaced scheduled(String act) {
        return OrderPlaced.newBuilder(order(policy()))
                .setSchedule(new OrderSchedule(EVERY.toString(), FROM.toString(), act))
                .build();
    }

    private static OrderPlaced order(OrderPolicy policy) {
        var run = RunRequested.newBuilder(Told.request("", 0L, 1L))
                .setDatasetVersion("")
                .setEvaluationSeeds(List.of(0L, 1L, 2L))
                .setTransfer(Told.TRANSFER)
                .build();
        return OrderPlaced.newBuilder()
                .setOrder("shapes")
                .setDataset("shapes")
                .setState(OrderState.ACTIVE)
                .setRun(run)
                .setPolicy(policy)
                .build();
    }

    private void tell(SpecificRecord... facts) {
        for (var fact : facts) {
            bench.tell(PlannerBench.topicOf(fact), "key", fact);
            heard.add(new Heard(bench.now(), fact));
            listen();
        }
    }

    private void pass(Duration time) {
        for (var end = bench.now().plus(time); bench.now().isBefore(end); listen()) {
            bench.pass(PlannerTopology.TICK);
        }
    }

    /** What the planner tells comes back to it, and stands between what others tell. */
    private void listen() {
        Stream.concat(
                        bench.told(Topics.DECISIONS, VersionDecided.class).stream(),
                        bench.told(Topics.RUNS, SpecificRecord.class).stream())
                .forEach(said -> {
                    heard.add(new Heard(bench.now(), said));
                    unread.add(said);
                });
    }

    private List<VersionDecided> decided() {
        return read(VersionDecided.class);
    }

    private List<RunRequested> requested() {
        return read(RunRequested.class);
    }

    private <R extends SpecificRecord> List<R> read(Class<R> type) {
        var found = unread.stream().filter(type::isInstance).map(type::cast).toList();
        unread.removeAll(found);
        return found;
    }
}
