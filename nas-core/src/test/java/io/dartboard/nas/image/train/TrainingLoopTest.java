package io.dartboard.nas.image.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import io.dartboard.nas.genotype.Genotype;
import io.dartboard.nas.genotype.PublishedGenotypes;
import io.dartboard.nas.image.data.CifarBinary;
import io.dartboard.nas.image.data.PixelSet;
import io.dartboard.nas.image.data.made.MadeShapes;
import io.dartboard.nas.loop.Directive;
import io.dartboard.nas.loop.LoopRecorder;
import io.dartboard.nas.train.Compute;
import io.dartboard.nas.train.TrainingDivergedException;
import io.dartboard.nas.train.TrainingLoop;
import io.dartboard.nas.train.TrainingOutcome;
import io.dartboard.nas.train.TrainingOutcome.Finished;
import io.dartboard.nas.train.TrainingOutcome.Stopped;
import io.dartboard.nas.train.TrainingRecorder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingLoopTest {

    private static final Compute COMPUTE = new Compute(Device.cpu(), 2);
    private static final Genotype GENOTYPE = PublishedGenotypes.DARTS_V1;
    private static final RetrainConfig BASE = new RetrainConfig(2, 4, 2, 8, 0.025, 0, 0.9, 3e-4, 5, 0.4, 0.3, 16, 0, 0);

    @TempDir
    static Path dir;

    private static PixelSet set;

    @BeforeAll
    static void makeImages() throws IOException {
        MadeShapes.writeCifar(dir, 20, 10, 1);
        set = CifarBinary.read(dir).pixels();
    }

    @Test
    void shouldRepeatTheJudgementThatWasGivenUp() {
        Finished<EpochReport> whole = (Finished<EpochReport>) loop(BASE, 7).run(new TrainingRecorder<>());
        TrainingRecorder<EpochReport> impatient = new TrainingRecorder<>();
        impatient.stopWhileJudging = true;

        Stopped<EpochReport> stopped = (Stopped<EpochReport>) loop(BASE, 7).run(impatient);
        TrainingRecorder<EpochReport> patient = new TrainingRecorder<>();
        Finished<EpochReport> continued = (Finished<EpochReport>) loop(BASE, 7).resume(stopped.snapshot(), patient);

        assertThat(impatient.steps).hasSize(3);
        assertThat(impatient.epochs).isEmpty();
        assertThat(impatient.snapshots).containsExactly(stopped.snapshot());
        assertThat(patient.steps).hasSize(3);
        assertThat(continued.curve()).isEqualTo(whole.curve());
        assertThat(continued.weights()).isEqualTo(whole.weights());
    }

    @Test
    void shouldHandOutACheckpointAndGoOn() {
        TrainingRecorder<EpochReport> observer = new TrainingRecorder<>(2, Directive.CHECKPOINT);

        TrainingOutcome<EpochReport> outcome = loop(BASE, 7).run(observer);

        assertThat(outcome).isInstanceOf(Finished.class);
        assertThat(observer.snapshots).hasSize(1);
        assertThat(observer.snapshots.get(0).step()).isEqualTo(2);
        assertThat(observer.steps).hasSize(6);
        assertThat(observer.steps.get(5).fraction()).isEqualTo(1.0);
        assertThat(observer.epochs)
                .isEqualTo(((Finished<EpochReport>) outcome).curve())
                .hasSize(2);
    }

    @Test
    void shouldStopAtTheEndOfAnEpochWhereItIsAskedTo() {
        Finished<EpochReport> whole = (Finished<EpochReport>) loop(BASE, 7).run(new TrainingRecorder<>());
        LoopRecorder<EpochReport> contented = new LoopRecorder<>() {
            @Override
            public Directive onEpoch(EpochReport report) {
                super.onEpoch(report);
                return Directive.STOP;
            }
        };

        Stopped<EpochReport> stopped = (Stopped<EpochReport>) loop(BASE, 7).run(contented);
        Finished<EpochReport> continued =
                (Finished<EpochReport>) loop(BASE, 7).resume(stopped.snapshot(), new TrainingRecorder<>());

        assertThat(contented.epochs).hasSize(1);
        assertThat(contented.snapshots).containsExactly(stopped.snapshot());
        assertThat(stopped.snapshot().epoch()).isEqualTo(1);
        assertThat(continued).isEqualTo(whole);
    }

    @Test
    void shouldDependOnTheSeedAndNotOnTheThreads() {
        Finished<EpochReport> first = (Finished<EpochReport>) loop(BASE, 7).run(new TrainingRecorder<>());
        Finished<EpochReport> threads =
                (Finished<EpochReport>) Retraining.full(GENOTYPE, BASE, set, 0, 7, new Compute(Device.cpu(), 4))
                        .run(new TrainingRecorder<>());
        Finished<EpochReport> seed = (Finished<EpochReport>) loop(BASE, 8).run(new TrainingRecorder<>());

        assertThat(threads.weights()).isEqualTo(first.weights());
        assertThat(seed.weights()).isNotEqualTo(first.weights());
    }

    @ParameterizedTest
    @MethodSource("variants")
    void shouldLetEveryOptionChangeTheOutcome(RetrainConfig variant) {
        Finished<EpochReport> base = (Finished<EpochReport>) loop(BASE, 7).run(new TrainingRecorder<>());

        Finished<EpochReport> other = (Finished<EpochReport>) loop(variant, 7).run(new TrainingRecorder<>());

        assertThat(other.weights()).isNotEqualTo(base.weights());
    }

    static Stream<RetrainConfig> variants() {
        return Stream.of(
                new RetrainConfig(2, 4, 2, 8, 0.02, 0, 0.9, 3e-4, 5, 0.4, 0.3, 16, 0, 0),
                new RetrainConfig(2, 4, 2, 8, 0.025, 0.01, 0.9, 3e-4, 5, 0.4, 0.3, 16, 0, 0),
                new RetrainConfig(2, 4, 2, 8, 0.025, 0, 0.8, 3e-4, 5, 0.4, 0.3, 16, 0, 0),
                new RetrainConfig(2, 4, 2, 8, 0.025, 0, 0.9, 3e-3, 5, 0.4, 0.3, 16, 0, 0),
                new RetrainConfig(2, 4, 2, 8, 0.025, 0, 0.9, 3e-4, 0.1, 0.4, 0.3, 16, 0, 0),
                new RetrainConfig(2, 4, 2, 8, 0.025, 0, 0.9, 3e-4, 5, 0.2, 0.3, 16, 0, 0),
                new RetrainConfig(2, 4, 2, 8, 0.025, 0, 0.9, 3e-4, 5, 0.4, 0, 16, 0, 0),
                new RetrainConfig(2, 4, 2, 8, 0.025, 0, 0.9, 3e-4, 5, 0.4, 0.3, 8, 0, 0),
                new RetrainConfig(2, 4, 2, 8, 0.025, 0, 0.9, 3e-4, 5, 0.4, 0.3, 16, 0.1, 0),
                new RetrainConfig(2, 4, 1, 8, 0.025, 0, 0.9, 3e-4, 5, 0.4, 0.3, 16, 0, 0),
                new RetrainConfig(2, 4, 2, 5, 0.025, 0, 0.9, 3e-4, 5, 0.4, 0.3, 16, 0, 0));
    }

    @Test
    void shouldRefuseTheSnapshotOfAnotherTraining() {
        Stopped<EpochReport> stopped =
                (Stopped<EpochReport>) loop(BASE, 7).run(new TrainingRecorder<>(1, Directive.STOP));

        assertThatThrownBy(() -> loop(BASE, 8).resume(stopped.snapshot(), new TrainingRecorder<>()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the snapshot belongs to another training: seed was 7, now 8");
    }

    @Test
    void shouldGoOnFromWhatIsKeptAndStartAfreshWhereThatIsOfNoUse() {
        byte[] kept = ((Stopped<EpochReport>) loop(BASE, 7).run(new TrainingRecorder<>(4, Directive.STOP)))
                .snapshot()
                .bytes();

        assertThat(stepsFrom(Optional.of(kept), 7)).isEqualTo(2);
        assertThat(stepsFrom(Optional.empty(), 7)).isEqualTo(6);
        assertThat(stepsFrom(Optional.of(kept), 8)).isEqualTo(6);
        assertThat(stepsFrom(Optional.of(new byte[] {1, 2, 3}), 7)).isEqualTo(6);
    }

    private static int stepsFrom(Optional<byte[]> kept, long seed) {
        TrainingRecorder<EpochReport> observer = new TrainingRecorder<>();
        assertThat(loop(BASE, seed).runFrom(kept, observer)).isInstanceOf(Finished.class);
        return observer.steps.size();
    }

    @Test
    void shouldSayThatATrainingDiverged() {
        RetrainConfig wild = new RetrainConfig(2, 4, 2, 8, 1e38, 0, 0.9, 3e-4, 1e30, 0, 0, 0, 0, 0);

        assertThatThrownBy(() -> loop(wild, 7).run(new TrainingRecorder<>()))
                .isInstanceOf(TrainingDivergedException.class)
                .hasMessageContaining("the training loss of epoch 0 is NaN");
    }

    @Test
    void shouldJudgeASelectionByTheHalfThatDoesNotTrain() {
        TrainingRecorder<EpochReport> observer = new TrainingRecorder<>();

        Finished<EpochReport> outcome = (Finished<EpochReport>)
                Retraining.selection(GENOTYPE, BASE, set, 20, 0.5, 7, COMPUTE).run(observer);

        assertThat(observer.steps).hasSize(4);
        assertThat(observer.steps.get(0).images()).isEqualTo(8);
        assertThat(observer.steps.get(1).images()).isEqualTo(2);
        assertThat(outcome.chosen().epoch()).isEqualTo(1);
        assertThat(outcome.chosen().errorPercent() % 10).isLessThan(1e-9);
        assertThat(outcome.chosen().dropPathProbability()).isEqualTo(0.15);
    }

    @Test
    void shouldLearnWhatItTrainsOn() {
        RetrainConfig config = new RetrainConfig(4, 4, 12, 10, 0.05, 0, 0.9, 3e-4, 5, 0, 0, 0, 0, 0);

        Finished<EpochReport> outcome = (Finished<EpochReport>) loop(config, 3).run(new TrainingRecorder<>());

        assertThat(outcome.chosen().trainLoss())
                .isLessThan(0.8 * outcome.curve().get(0).trainLoss());
    }

    private static TrainingLoop<EpochReport> loop(RetrainConfig config, long seed) {
        return Retraining.full(GENOTYPE, config, set, TrainingImages.ALL, seed, COMPUTE);
    }
}
