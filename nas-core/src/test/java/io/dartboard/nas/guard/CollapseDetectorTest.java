package io.dartboard.nas.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.dartboard.nas.guard.CollapseDetector.Diagnosis;
import io.dartboard.nas.guard.Finding.Severity;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.NasBench201Space;
import io.dartboard.nas.searchspace.SearchSpace;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Searches of fifty epochs, made up. */
class CollapseDetectorTest {
    private static final CollapseDetector USUAL = CollapseDetector.usual(50);
    private static final CollapseDetector PUBLISHED = CollapseDetector.published(50);
    /** In an epoch on CIFAR-10, of which half of the images train in batches of 64. */
    private static final int STEPS = 390;

    @Test
    void shouldFindNothingInAHealthySearch() {
        for (int epochs = 1; epochs <= 50; epochs++) {
            Diagnosis diagnosis = USUAL.look(history(epochs, CollapseDetectorTest::healthy));
            assertThat(diagnosis.findings()).isEmpty();
            assertThat(diagnosis.healthyEpoch()).isEqualTo(epochs > 10 ? epochs - 1 : 0);
        }
    }

    @Test
    void shouldWarnAtTwoSkipConnectionsAndAlarmAtThree() {
        IntFunction<Signs> growing =
                epoch -> healthy(epoch).skips(Math.max(0, epoch - 19)).signs();

        assertThat(USUAL.look(history(20, growing)).findings()).isEmpty();
        assertThat(USUAL.look(history(21, growing)).worst()).hasValue(Severity.WARNING);
        Diagnosis alarm = USUAL.look(history(22, growing));
        assertThat(alarm.worst()).hasValue(Severity.COLLAPSE);
        assertThat(alarm.healthyEpoch()).isEqualTo(20);
        assertThat(alarm.findings())
                .extracting(Finding::reason)
                .containsExactly("3 skip connections in the normal cell of epoch 22; 3 of 8 are a collapse");
    }

    /** FairDARTS' cells have up to 28 genes. */
    @Test
    void shouldCountSkipConnectionsInProportionToTheCell() {
        Signs large = new Signs(
                20,
                20 * STEPS,
                true,
                "c",
                3,
                3 / 28.0,
                0,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty());
        assertThat(SkipConnections.PUBLISHED.look(List.of(large))).isEmpty();
    }

    @Test
    void shouldNotTakeTheFirstCellsForASignOfAnything() {
        IntFunction<Signs> random =
                epoch -> healthy(epoch).skips(epoch < 10 ? 5 : 0).signs();

        assertThat(USUAL.look(history(9, random)).findings()).isEmpty();
        assertThat(USUAL.look(history(9, random)).healthyEpoch()).isZero();
    }

    @Test
    void shouldGoBackToNoEpochWhereNoneWasHealthy() {
        Diagnosis alarm =
                USUAL.look(history(15, epoch -> healthy(epoch).skips(6).signs()));

        assertThat(alarm.worst()).hasValue(Severity.COLLAPSE);
        assertThat(alarm.healthyEpoch()).isZero();
    }

    @Test
    void shouldAlarmWhereMostEdgesPreferOperationsWithoutWeights() {
        assertThat(new ParameterFreeShare(0.5)
                        .look(List.of(healthy(12).free(7 / 14.0).signs())))
                .isEmpty();
        assertThat(new ParameterFreeShare(0.5)
                        .look(List.of(healthy(12).free(8 / 14.0).signs())))
                .hasValueSatisfying(
                        found -> assertThat(found.reason())
                                .isEqualTo(
                                        "57 % of the normal cell's edges prefer an operation without weights at epoch 12; more than 50 % are a collapse"));
    }

    /** Against the binomial distribution: of cells by chance a twentieth alarms at most, and none is passed over that does not. */
    @ParameterizedTest
    @CsvSource({"nas-bench-201, 6, 0.6", "robust-darts-s3, 14, 0.6666666667"})
    void shouldNotTakeWhatChanceGivesForACollapse(String space, int edges, double chance) {
        var detector =
                new CollapseDetector(List.of(new ParameterFreeShare(0.5)), Onset.at(1), 50).in(SearchSpace.of(space));
        int fewest = IntStream.rangeClosed(0, edges)
                .filter(count -> !detector.look(
                                List.of(healthy(12).free((double) count / edges).signs()))
                        .findings()
                        .isEmpty())
                .findFirst()
                .orElseThrow();

        assertThat(atLeast(fewest, edges, chance)).isLessThan(0.05);
        assertThat(atLeast(fewest - 1, edges, chance)).isGreaterThan(0.05);
        assertThat(new ParameterFreeShare(0.5).in(SearchSpace.of("darts-cnn"))).contains(new ParameterFreeShare(0.5));
    }

    private static double atLeast(int count, int edges, double chance) {
        double sum = 0;
        for (int k = count; k <= edges; k++) {
            double choose = 1;
            for (int i = 0; i < k; i++) {
                choose *= (double) (edges - i) / (i + 1);
            }
            sum += choose * Math.pow(chance, k) * Math.pow(1 - chance, edges - k);
        }
        return sum;
    }

    /**
     * As the authors' code has it: measured every second epoch, at epoch e the average that belongs to e - 4 is compared with
     * that of e - 12, which is gone back to, and must be the tenth at least.
     */
    @Test
    void shouldAlarmWhereTheEigenvalueRisesAsInRobustDarts() {
        // Twice as large from epoch 18 on: of the newest window one value is doubled at 18, two at 20, and so on.
        IntFunction<Signs> doubled = epoch ->
                healthy(epoch).eigenvalue(epoch, epoch < 18 ? 0.1 : 0.2).signs();

        assertThat(PUBLISHED.look(history(20, doubled)).findings()).isEmpty();
        Diagnosis alarm = PUBLISHED.look(history(22, doubled));
        assertThat(alarm.worst()).hasValue(Severity.COLLAPSE);
        assertThat(alarm.healthyEpoch()).isEqualTo(10);
        assertThat(alarm.findings())
                .extracting(Finding::reason)
                .containsExactly(
                        "the largest eigenvalue of the alpha Hessian is 0.160 on average at epoch 22 and was 0.100 around epoch 10; 1.30 times as much is a collapse");
        // It is looked at when it is measured, and not in between.
        assertThat(PUBLISHED.look(history(23, doubled)).findings()).isEmpty();
        assertThat(USUAL.look(history(22, doubled)))
                .as("a rise without scatter")
                .isEqualTo(alarm);
    }

    @Test
    void shouldNotAlarmWhereTheEigenvalueHasRisenByAThirdOrLess() {
        IntFunction<Signs> slow = epoch ->
                healthy(epoch).eigenvalue(epoch, 0.1 * Math.pow(1.032, epoch)).signs();
        for (int epochs = 1; epochs <= 50; epochs++) {
            assertThat(USUAL.look(history(epochs, slow)).findings()).isEmpty();
        }
        IntFunction<Signs> fast = epoch ->
                healthy(epoch).eigenvalue(epoch, 0.1 * Math.pow(1.034, epoch)).signs();
        assertThat(USUAL.look(history(22, fast)).findings()).hasSize(1);
    }

    @Test
    void shouldAlarmWhereSkipMassHasRisenForFiveEpochsAndIsLarge() {
        IntFunction<Signs> rising = epoch ->
                healthy(epoch).skipMass(0.199 + 0.01 * Math.max(0, epoch - 20)).signs();

        assertThat(USUAL.look(history(30, rising)).findings()).isEmpty();
        Diagnosis alarm = USUAL.look(history(31, rising));
        assertThat(alarm.worst()).hasValue(Severity.COLLAPSE);
        assertThat(alarm.healthyEpoch()).isEqualTo(26);
        IntFunction<Signs> large = epoch -> healthy(epoch).skipMass(0.5).signs();
        assertThat(USUAL.look(history(31, large)).findings()).isEmpty();
    }

    @Test
    void shouldTellThatASearchHasSettled() {
        IntFunction<Signs> settling =
                epoch -> healthy(epoch).cell("c" + Math.min(epoch, 25)).signs();

        assertThat(USUAL.look(history(34, settling)).findings()).isEmpty();
        Diagnosis settled = USUAL.look(history(35, settling));
        assertThat(settled.worst()).hasValue(Severity.SETTLED);
        assertThat(settled.findings().get(0).reason())
                .isEqualTo(
                        "the derived cell is the same since epoch 25; 10 epochs and 1000 steps without a change are enough");
        assertThat(settled.healthyEpoch()).isEqualTo(34);
    }

    @Test
    void shouldNotTakeAWarmUpForASearchThatHasSettled() {
        IntFunction<Signs> still = epoch -> healthy(epoch).cell("same").still().signs();
        assertThat(USUAL.look(history(15, still)).findings()).isEmpty();
    }

    @Test
    void shouldWarnOfAGapThatDiscretisationOpens() {
        assertThat(new DiscretizationGap(0.1).look(List.of(healthy(20).gap(0.08).signs())))
                .isEmpty();
        assertThat(new DiscretizationGap(0.1)
                        .look(List.of(healthy(20).gap(0.234).signs())))
                .hasValueSatisfying(found -> {
                    assertThat(found.severity()).isEqualTo(Severity.WARNING);
                    assertThat(found.reason()).contains("loses 23.4 points");
                });
    }

    /** ResNet50's own cells hold as many as operations with weights. */
    @Test
    void shouldCountNoSkipConnectionsAroundANetworkThatHasThemByDesign() {
        List<Signs> history =
                history(15, epoch -> healthy(epoch).skips(6).free(8 / 14.0).signs());

        assertThat(USUAL.in(CnnSpace.DARTS).look(history).findings())
                .extracting(Finding::rule)
                .containsExactly("skip-connections", "parameter-free");
        assertThat(USUAL.in(CnnSpace.DARTOPTI_RESNET50).look(history).findings())
                .extracting(Finding::rule)
                .containsExactly("parameter-free");
    }

    @Test
    void shouldSpeakFromAFifthOfTheEpochs() {
        assertThat(PUBLISHED.onset()).isEqualTo(Onset.at(10));
        assertThat(CollapseDetector.published(26).onset()).isEqualTo(Onset.at(6));
        assertThat(CollapseDetector.published(3).onset()).isEqualTo(Onset.at(5));
        assertThat(firstCounted(50, STEPS)).isEqualTo(10);
        assertThat(firstCounted(50, 97)).as("those of PC-DARTS").isEqualTo(11);
        assertThat(firstCounted(200, 8)).isEqualTo(125);
        assertThat(firstCounted(25, 8)).as("too few for any but the last").isEqualTo(24);
        assertThatThrownBy(() -> USUAL.from(0)).hasMessage("from must be at least 1, the first epoch (was 0)");
    }

    private static int firstCounted(int epochs, int steps) {
        Onset onset = CollapseDetector.usual(epochs).onset();
        return IntStream.rangeClosed(1, epochs)
                .filter(epoch -> onset.counts(healthy(epoch).epochsOf(steps).signs()))
                .findFirst()
                .orElseThrow();
    }

    /** Skip connections that come and go within a hundred steps, as they do while nothing is learnt yet, are worth a word. */
    @Test
    void shouldNotTakeForACollapseInShortEpochsWhatDoesNotLast() {
        IntFunction<Signs> passing =
                epoch -> healthy(epoch).epochsOf(8).skips(epoch > 200 ? 5 : 0).signs();
        CollapseDetector usual = CollapseDetector.usual(400);

        assertThat(usual.look(history(212, passing)).findings())
                .extracting(Finding::severity, Finding::reason)
                .containsExactly(
                        tuple(
                                Severity.WARNING,
                                "5 skip connections in the normal cell of epoch 212; 3 of 8 are a collapse, if it lasts for 100 steps (96 so far)"));
        Diagnosis alarm = usual.look(history(213, passing));
        assertThat(alarm.worst()).hasValue(Severity.COLLAPSE);
        assertThat(alarm.healthyEpoch()).isEqualTo(200);
        assertThat(CollapseDetector.published(400).look(history(201, passing)).worst())
                .hasValue(Severity.COLLAPSE);
    }

    @Test
    void shouldJudgeASearchOfFewStepsByItsLastEpoch() {
        CollapseDetector usual = CollapseDetector.usual(25);
        IntFunction<Signs> collapsing =
                epoch -> healthy(epoch).epochsOf(8).skips(epoch > 23 ? 5 : 0).signs();

        assertThat(usual.look(history(24, collapsing)).worst()).hasValue(Severity.WARNING);
        assertThat(usual.look(history(25, collapsing)).worst()).hasValue(Severity.COLLAPSE);
        assertThat(usual.look(history(25, epoch -> healthy(epoch).epochsOf(8).signs()))
                        .findings())
                .isEmpty();
        IntFunction<Signs> still =
                epoch -> healthy(epoch).epochsOf(8).cell("the first").signs();
        assertThat(usual.look(history(25, still)).findings()).isEmpty();
    }

    /**
     * Searches of first-order DARTS in the space of NAS-Bench-201, 25 epochs of 8 steps: skip connections of each epoch's cell. None
     * ends at a cell that is worth less than most.
     */
    @ParameterizedTest
    @CsvSource({
        "0211000001111211011111122",
        "0000000000110000000000000",
        "0001100000000000000000000",
        "1000000011100000000000000",
        "1321345434545421111111111"
    })
    void shouldFindNoCollapseInShortSearchesThatFindTheirWay(String skips) {
        CollapseDetector usual = CollapseDetector.usual(25).in(NasBench201Space.PUBLISHED);
        IntFunction<Signs> recorded = epoch -> healthy(epoch)
                .epochsOf(8)
                .skips(skips.charAt(epoch - 1) - '0', 6)
                .signs();

        for (int epochs = 1; epochs <= 25; epochs++) {
            assertThat(usual.look(history(epochs, recorded)).worst()).isNotEqualTo(Optional.of(Severity.COLLAPSE));
        }
    }

    /** Of SDARTS there, a seed that ends at the cell of nothing but skip connections. */
    @Test
    void shouldFindACollapseInAShortSearchAtItsEnd() {
        String skips = "3112222235555556666666666";
        CollapseDetector usual = CollapseDetector.usual(25).in(NasBench201Space.PUBLISHED);
        IntFunction<Signs> recorded = epoch -> healthy(epoch)
                .epochsOf(8)
                .skips(skips.charAt(epoch - 1) - '0', 6)
                .signs();

        assertThat(usual.look(history(24, recorded)).worst()).isNotEqualTo(Optional.of(Severity.COLLAPSE));
        assertThat(usual.look(history(25, recorded)).findings())
                .extracting(Finding::reason)
                .containsExactly("6 skip connections in the normal cell of epoch 25; 4 of 6 are a collapse");
        assertThat(usual.look(history(25, recorded)).healthyEpoch())
                .as("the last that would do, though it is an early one")
                .isEqualTo(9);
        assertThat(usual.look(history(24, recorded)).healthyEpoch()).isZero();
    }

    @Test
    void shouldGoBackToWhatCountsRatherThanToALaterCellThatMerelyIsNoCollapse() {
        CollapseDetector usual = CollapseDetector.usual(50);
        Diagnosis alarm = usual.look(history(20, epoch -> healthy(epoch)
                .skips(epoch < 12 ? 0 : epoch < 20 ? 2 : 3)
                .signs()));

        assertThat(alarm.worst()).hasValue(Severity.COLLAPSE);
        assertThat(alarm.healthyEpoch()).isEqualTo(11);
    }

    /** By the binomial distribution: 0.017 of cells by chance have four of six, 0.099 have three; 0.035 have seven of eight. */
    @Test
    void shouldTakeAsManySkipConnectionsForACollapseAsChanceSeldomGives() {
        assertThat(SkipConnections.PUBLISHED.in(NasBench201Space.PUBLISHED)).contains(new SkipConnections(3, 4, 6));
        assertThat(SkipConnections.PUBLISHED.in(CnnSpace.ROBUST_S3)).contains(new SkipConnections(6, 7, 8));
        assertThat(SkipConnections.PUBLISHED.in(CnnSpace.DARTS)).contains(SkipConnections.PUBLISHED);
        assertThat(SkipConnections.PUBLISHED.in(CnnSpace.FAIR_DARTS)).contains(SkipConnections.PUBLISHED);
    }

    /** Eigenvalues that scatter about one value, by 0.4 in the logarithm: of such searches RobustDARTS ends two thirds. */
    @Test
    void shouldTakeNoScatterOfEigenvaluesForARise() {
        int searches = 200;
        assertThat(alarms(PUBLISHED, searches, epoch -> 0)).isGreaterThan(searches / 2);
        assertThat(alarms(USUAL, searches, epoch -> 0)).isLessThan(searches / 20);
        assertThat(alarms(USUAL, searches, epoch -> 0.15 * Math.max(0, epoch - 14)))
                .as("a rise of 35 %% from measurement to measurement")
                .isGreaterThan(searches * 19 / 20);
    }

    /** How many searches end so whose logarithms scatter about a trend. */
    private static long alarms(CollapseDetector detector, int searches, IntToDoubleFunction trend) {
        return IntStream.range(0, searches)
                .mapToObj(Random::new)
                .map(random -> IntStream.rangeClosed(1, 50)
                        .mapToObj(epoch -> healthy(epoch)
                                .eigenvalue(epoch, Math.exp(trend.applyAsDouble(epoch) + 0.4 * random.nextGaussian()))
                                .signs())
                        .toList())
                .filter(all -> IntStream.rangeClosed(1, 50).anyMatch(epochs -> !detector.look(all.subList(0, epochs))
                        .findings()
                        .isEmpty()))
                .count();
    }

    private static List<Signs> history(int epochs, IntFunction<?> at) {
        return IntStream.rangeClosed(1, epochs)
                .mapToObj(at::apply)
                .map(each -> each instanceof Made made ? made.signs() : (Signs) each)
                .toList();
    }

    private static Made healthy(int epoch) {
        return new Made(epoch);
    }

    private static final class Made {
        private final int epoch;
        private boolean moves = true;
        private String cell;
        private int skips;
        private double free = 0.2;
        private OptionalDouble mass = OptionalDouble.of(0.12);
        private OptionalDouble eigenvalue = OptionalDouble.empty();
        private OptionalDouble gap = OptionalDouble.of(0.02);
        private int steps = STEPS;
        private int genes = 8;

        Made(int epoch) {
            this.epoch = epoch;
            this.cell = "c" + epoch;
        }

        Made skips(int skips) {
            this.skips = Math.min(8, skips);
            return this;
        }

        Made skips(int of, int edges) {
            skips = of;
            genes = edges;
            return this;
        }

        Made epochsOf(int number) {
            steps = number;
            return this;
        }

        Made still() {
            moves = false;
            return this;
        }

        Made cell(String other) {
            cell = other;
            return this;
        }

        Made free(double share) {
            free = share;
            return this;
        }

        Made skipMass(double share) {
            mass = OptionalDouble.of(share);
            return this;
        }

        /** Measured every second epoch. */
        Made eigenvalue(int at, double value) {
            eigenvalue = at % 2 == 0 ? OptionalDouble.of(value) : OptionalDouble.empty();
            return this;
        }

        Made gap(double share) {
            gap = OptionalDouble.of(share);
            return this;
        }

        Signs signs() {
            return new Signs(
                    epoch,
                    (long) epoch * steps,
                    moves,
                    cell,
                    skips,
                    (double) skips / genes,
                    free,
                    mass,
                    eigenvalue,
                    gap,
                    OptionalDouble.empty());
        }
    }
}
