package io.dartboard.nas.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.image.search.ImageSearch;
import io.dartboard.nas.image.search.SearchConfig;
import io.dartboard.nas.image.search.SearchImages;
import io.dartboard.nas.loop.Directive;
import io.dartboard.nas.loop.LoopRecorder;
import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.optim.AdamSettings;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.tensor.HostTensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SearchLoopTest {
    private static final int STEPS_PER_EPOCH = 3;

    @Test
    void shouldReportEveryStepAndEpoch() {
        Recorder recorder = new Recorder();

        SearchOutcome outcome = runFresh(setup(1), recorder);

        assertThat(outcome.finished()).isTrue();
        assertThat(recorder.steps).hasSize(2 * STEPS_PER_EPOCH);
        assertThat(recorder.steps.get(recorder.steps.size() - 1).fraction()).isEqualTo(1);
        assertThat(recorder.epochs).extracting(SearchReport::epoch).containsExactly(0, 1);
        assertThat(recorder.epochs).allSatisfy(report -> {
            assertThat(report.train().loss()).isBetween(0.5, 3.0);
            assertThat(report.valid().loss()).isBetween(0.5, 3.0);
            assertThat(report.valid().accuracy().orElseThrow()).isBetween(0.0, 1.0);
            assertThat(report.groups()).containsOnlyKeys("normal", "reduce");
            assertThat(report.groups().values()).allSatisfy(group -> {
                assertThat(group.gradientNorm().orElseThrow()).isPositive();
                assertThat(group.entropy()).isBetween(2.0, Math.log(8) + 1e-6);
            });
        });
        assertThat(outcome.alphas()).isEqualTo(recorder.epochs.get(1).alphas());
    }

    /** None is not a gradient of zero, which is what a broken step shows. */
    @Test
    void shouldReportNoGradientOfAnEpochThatMovesNoAlphas() {
        Recorder recorder = new Recorder();

        runFresh(setup(SearchMethods.DARTS_FIRST_ORDER.with(new AlphaWarmUp(0.5)), 1), recorder);

        assertThat(recorder.epochs)
                .extracting(report -> report.group("normal").gradientNorm().isPresent())
                .containsExactly(false, true);
    }

    @Test
    void shouldGiveTheSameAlphasForTheSameSeedAndOthersForAnother() {
        Recorder unused = new Recorder();
        Alphas first = runFresh(setup(1), unused).alphas();

        assertThat(runFresh(setup(1), unused).alphas()).isEqualTo(first);
        assertThat(runFresh(setup(2), unused).alphas()).isNotEqualTo(first);
    }

    @Test
    void shouldReturnAfterTheStepAtWhichItIsStopped() {
        Recorder stopped = new Recorder(2, Directive.STOP);

        assertThat(runFresh(setup(1), stopped).finished()).isFalse();

        assertThat(stopped.steps).hasSize(2);
        assertThat(stopped.snapshots).extracting(Snapshot::globalStep).containsExactly(2L);
    }

    @Test
    void shouldHandOutASnapshotAndGoOnWhenAsked() {
        Recorder recorder = new Recorder(2, Directive.CHECKPOINT);

        assertThat(runFresh(setup(1), recorder).finished()).isTrue();

        assertThat(recorder.snapshots).extracting(Snapshot::globalStep).startsWith(2L);
    }

    @Test
    void shouldGiveUpAValidationPassAndRepeatItWhenResumed() {
        Recorder whole = new Recorder();
        runFresh(setup(1), whole);
        Recorder impatient = new Recorder();
        impatient.stopWhileJudging = true;

        assertThat(runFresh(setup(1), impatient).finished()).isFalse();

        assertThat(impatient.epochs).isEmpty();
        Recorder resumed = new Recorder();
        try (SearchLoop loop = SearchLoop.resume(setup(1), impatient.snapshots.get(0))) {
            loop.run(resumed);
        }
        assertThat(resumed.epochs).isEqualTo(whole.epochs);
    }

    /** They are measured from seeds and the state alone, so that a search that is gone on from tells the same. */
    @Test
    void shouldMeasureSignsWithoutDisturbingTheSearch() {
        SignSchedule each = new SignSchedule(OptionalInt.of(1), OptionalInt.of(2));
        Recorder plain = new Recorder();
        runFresh(setup(1), plain);
        Recorder measured = new Recorder();
        try (SearchLoop loop = SearchLoop.from(setup(1), each, Optional.empty())) {
            loop.run(measured);
        }
        Recorder stopped = new Recorder(STEPS_PER_EPOCH + 1, Directive.STOP);
        runFresh(setup(1), stopped);
        Recorder resumed = new Recorder();
        byte[] kept = stopped.snapshots.get(0).bytes();
        try (SearchLoop loop = SearchLoop.from(setup(1), each, Optional.of(kept))) {
            loop.run(resumed);
        }

        assertThat(measured.epochs).extracting(SearchReport::alphas).isEqualTo(alphas(plain));
        assertThat(measured.epochs).allSatisfy(report -> {
            assertThat(report.signs().normalSkips()).isPresent();
            assertThat(report.signs().eigenvalue().orElseThrow().eigenvalue()).isFinite();
            assertThat(report.group("normal").skipMass().orElseThrow()).isBetween(0.1, 0.15);
        });
        assertThat(measured.epochs.get(0).signs().gap()).isEmpty();
        assertThat(measured.epochs.get(1).signs().gap().orElseThrow()).isBetween(-1.0, 1.0);
        assertThat(plain.epochs.get(1).signs().eigenvalue()).isEmpty();
        assertThat(resumed.epochs.get(0)).isEqualTo(measured.epochs.get(1));
    }

    private static List<Alphas> alphas(Recorder recorder) {
        return recorder.epochs.stream().map(SearchReport::alphas).toList();
    }

    @Test
    void shouldMeasureNoOftenerThanItCostsLittle() {
        // 40 gradients are 3 % of what two epochs of 390 steps cost, and of what 67 epochs of 10 do.
        assertThat(due(390)).startsWith(2, 4, 6);
        assertThat(due(10)).containsExactly(67);
        assertThat(IntStream.rangeClosed(1, 30).filter(SignSchedule.AFFORDABLE::measuresGap))
                .containsExactly(10, 20, 30);
        assertThat(IntStream.rangeClosed(1, 30).filter(epoch -> SignSchedule.NONE.measuresEigenvalue(epoch, 390)))
                .isEmpty();
    }

    private static List<Integer> due(int steps) {
        return IntStream.rangeClosed(1, 100)
                .filter(epoch -> SignSchedule.AFFORDABLE.measuresEigenvalue(epoch, steps))
                .boxed()
                .toList();
    }

    /** Checkpoints outlive the code that wrote them. */
    @Test
    void shouldNameWhatASnapshotHoldsAsItAlwaysHas() {
        Recorder stopped = new Recorder(1, Directive.STOP);
        runFresh(setup(1), stopped);

        Map<String, HostTensor> tensors = stopped.snapshots.get(0).content().tensors();
        assertThat(tensors.keySet())
                .startsWith("alpha.normal", "alpha.reduce", "adam.first", "adam.second", "adam.steps")
                .endsWith("sgd.momentum", "books.counts", "books.sums")
                .contains("weight.stem.0.weight", "weight.classifier.bias");
        assertThat(tensors.get("alpha.normal")).extracting(HostTensor::shape).isEqualTo(List.of(14, 8));
        assertThat(tensors.get("weight.classifier.weight"))
                .extracting(HostTensor::shape)
                .isEqualTo(List.of(3, 32));
    }

    @Test
    void shouldRefuseTheSnapshotOfAnotherSearch() {
        Recorder stopped = new Recorder(1, Directive.STOP);
        runFresh(setup(1), stopped);

        assertThatThrownBy(() -> SearchLoop.resume(setup(2), stopped.snapshots.get(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the snapshot belongs to another search: seed was 1, now 2");
    }

    private static SearchOutcome runFresh(ImageSearch setup, Recorder recorder) {
        try (SearchLoop loop = SearchLoop.start(setup)) {
            assertThat(loop.steps(0)).isEqualTo(STEPS_PER_EPOCH);
            return loop.run(recorder);
        }
    }

    private static ImageSearch setup(long seed) {
        return setup(SearchMethods.DARTS_FIRST_ORDER, seed);
    }

    private static ImageSearch setup(SearchMethod method, long seed) {
        SearchConfig config = new SearchConfig(
                2, 3, 2, 4, 0.5, 0.025, 0.001, 0.9, 3e-4, 5, new AdamSettings(3e-4, 0.5, 0.999, 1e-3), 0, 0);
        SearchImages images = new SearchImages(new NoisyPatterns(12, 7), new NoisyPatterns(10, 8), "made");
        return new ImageSearch(Device.cpu(), CnnSpace.DARTS, method, config, images, seed, 2);
    }

    private static final class Recorder extends LoopRecorder<SearchReport> {
        Recorder() {}

        Recorder(long atStep, Directive directive) {
            super(atStep, directive);
        }

        @Override
        public Directive onEpoch(SearchReport report) {
            epochs.add(report);
            return Directive.CHECKPOINT;
        }
    }
}
