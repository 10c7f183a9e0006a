package io.dartboard.nas.text.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.nas.genotype.PublishedRecurrentGenotypes;
import io.dartboard.nas.genotype.RecurrentGenotype;
import io.dartboard.nas.loop.Directive;
import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.tensor.HostTensor;
import io.dartboard.nas.tensor.Safetensors;
import io.dartboard.nas.text.data.MadeCorpus;
import io.dartboard.nas.text.data.TextCorpus;
import io.dartboard.nas.text.data.UnigramBaseline;
import io.dartboard.nas.text.ops.Dropouts;
import io.dartboard.nas.text.ops.LanguageLoss;
import io.dartboard.nas.train.Compute;
import io.dartboard.nas.train.TrainingDivergedException;
import io.dartboard.nas.train.TrainingLoop;
import io.dartboard.nas.train.TrainingOutcome.Finished;
import io.dartboard.nas.train.TrainingOutcome.Stopped;
import io.dartboard.nas.train.TrainingRecorder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecurrentTrainingLoopTest {
    private static final Compute CPU = Compute.on("cpu", 1);
    private static final TextCorpus CORPUS = MadeCorpus.of(40, 10);
    private static final RecurrentGenotype GENOTYPE = PublishedRecurrentGenotypes.DARTS_V2;
    private static final Dropouts DROPOUTS = new Dropouts(0.1, 0.1, 0.2, 0.1, 0.2);
    private static final LanguageLoss PENALTIES = new LanguageLoss(0.1, 1e-3);
    // So fast that the validation loss rises now and then, which makes averaging begin.
    private static final RecurrentTrainConfig BASE =
            new RecurrentTrainConfig(12, 7, 4, 12, 60, 1e-6, 0.25, DROPOUTS, PENALTIES, 1);

    @Test
    void shouldEndWithTheSameBitsWhereverItIsStoppedAndContinued() {
        TrainingRecorder<RecurrentEpochReport> recorder = new TrainingRecorder<>();
        Finished<RecurrentEpochReport> whole =
                (Finished<RecurrentEpochReport>) loop(BASE, 7).run(recorder);
        assertThat(whole.curve()).extracting(RecurrentEpochReport::averaged).contains(true, false);
        assertThat(recorder.epochs).isEqualTo(whole.curve()).hasSize(7);
        assertThat(recorder.steps.get(recorder.steps.size() - 1).fraction()).isEqualTo(1);
        int switched = whole.curve().stream()
                .map(RecurrentEpochReport::averaged)
                .toList()
                .indexOf(true);
        long before = stepsBefore(switched);
        long all = recorder.steps.size();
        // In mid-epoch, just before and after averaging begins, while it goes on, and before the last judgement.
        for (long atStep : new long[] {2, before, before + 1, before + 4, all}) {
            Stopped<RecurrentEpochReport> stopped =
                    (Stopped<RecurrentEpochReport>) loop(BASE, 7).run(new TrainingRecorder<>(atStep, Directive.STOP));
            assertThat(stopped.snapshot().globalStep()).isEqualTo(atStep);

            Snapshot read = Snapshot.of(stopped.snapshot().bytes());
            Finished<RecurrentEpochReport> continued =
                    (Finished<RecurrentEpochReport>) loop(BASE, 7).resume(read, new TrainingRecorder<>());

            assertThat(continued).as("stopped after step %d", atStep).isEqualTo(whole);
        }
    }

    @Test
    void shouldRepeatTheJudgementThatWasGivenUp() {
        TrainingRecorder<RecurrentEpochReport> impatient = new TrainingRecorder<>();
        impatient.stopWhileJudging = true;

        Stopped<RecurrentEpochReport> stopped =
                (Stopped<RecurrentEpochReport>) loop(BASE, 7).run(impatient);

        assertThat(impatient.epochs).isEmpty();
        assertThat(impatient.snapshots).containsExactly(stopped.snapshot());
        TrainingRecorder<RecurrentEpochReport> patient = new TrainingRecorder<>();
        assertThat(loop(BASE, 7).resume(stopped.snapshot(), patient))
                .isEqualTo(loop(BASE, 7).run(new TrainingRecorder<>()));
    }

    @Test
    void shouldRepeatTheTestThatWasGivenUp() {
        Finished<RecurrentEpochReport> whole =
                (Finished<RecurrentEpochReport>) loop(BASE, 7).run(new TrainingRecorder<>());
        TrainingRecorder<RecurrentEpochReport> impatient = new TrainingRecorder<>();
        impatient.stopAfterEpochs = BASE.epochs();

        Stopped<RecurrentEpochReport> stopped =
                (Stopped<RecurrentEpochReport>) loop(BASE, 7).run(impatient);

        assertThat(stopped.snapshot().epoch()).isEqualTo(BASE.epochs());
        assertThat(loop(BASE, 7).resume(stopped.snapshot(), new TrainingRecorder<>()))
                .isEqualTo(whole);
    }

    @Test
    void shouldGoBackToItsBestStateOnceWhereTheLossIsNoNumber() {
        TrainingRecorder<RecurrentEpochReport> untouched = new TrainingRecorder<>();
        Finished<RecurrentEpochReport> whole =
                (Finished<RecurrentEpochReport>) loop(BASE, 7).run(untouched);
        long inThirdEpoch = stepsBefore(2) + 2;
        Snapshot good = ((Stopped<RecurrentEpochReport>)
                        loop(BASE, 7).run(new TrainingRecorder<>(inThirdEpoch, Directive.STOP)))
                .snapshot();
        assertThat(good.epoch()).isEqualTo(2);
        int best = Math.toIntExact(good.tensor("best.counts").longs()[0]);

        TrainingRecorder<RecurrentEpochReport> recorder = new TrainingRecorder<>();
        Finished<RecurrentEpochReport> mended =
                (Finished<RecurrentEpochReport>) loop(BASE, 7).resume(broken(good), recorder);

        assertThat(recorder.rollbacks).containsExactly("2 to " + best);
        assertThat(mended.curve()).hasSize(BASE.epochs());
        assertThat(mended.curve().subList(0, best)).isEqualTo(whole.curve().subList(0, best));
        // The try has other masks, so it is not the same training again.
        assertThat(mended.curve().get(best)).isNotEqualTo(whole.curve().get(best));
        assertThat(Double.isFinite(mended.chosen().validLoss())).isTrue();

        long later = stepsBefore(4) + 1;
        Stopped<RecurrentEpochReport> again = (Stopped<RecurrentEpochReport>)
                loop(BASE, 7).resume(broken(good), new TrainingRecorder<>(later, Directive.STOP));
        assertThat(loop(BASE, 7).resume(again.snapshot(), new TrainingRecorder<>()))
                .isEqualTo(mended);
    }

    @Test
    void shouldGiveUpATrainingThatDivergesAgainAndAgain() {
        RecurrentTrainConfig wild =
                new RecurrentTrainConfig(12, 3, 4, 12, 1e38, 0, 1e30, DROPOUTS, new LanguageLoss(0, 0), 5);
        TrainingRecorder<RecurrentEpochReport> recorder = new TrainingRecorder<>();

        assertThatThrownBy(() -> loop(wild, 7).run(recorder))
                .isInstanceOf(TrainingDivergedException.class)
                .hasMessageContaining("was not finite 4 times in a row after the state before epoch 0")
                .hasMessageContaining("lower learningRate or gradientClip");
        assertThat(recorder.rollbacks).hasSize(RecurrentTraining.MOST_ROLLBACKS);
    }

    @Test
    void shouldLearnMoreThanFrequenciesAndCountTheBestEpoch() {
        TextCorpus larger = MadeCorpus.of(400, 40);
        RecurrentTrainConfig config =
                new RecurrentTrainConfig(24, 6, 8, 12, 10, 1e-6, 0.25, Dropouts.NONE, new LanguageLoss(0, 1e-3), 5);

        Finished<RecurrentEpochReport> outcome = (Finished<RecurrentEpochReport>)
                RecurrentTraining.full(GENOTYPE, config, larger, 3, CPU).run(new TrainingRecorder<>());

        assertThat(outcome.testScore().orElseThrow()).isLessThan(0.6 * UnigramBaseline.perplexity(larger));
        assertThat(outcome.chosen().validLoss())
                .isEqualTo(outcome.curve().stream()
                        .mapToDouble(RecurrentEpochReport::validLoss)
                        .min()
                        .orElseThrow());
        assertThat(outcome.weights().tensors().keySet())
                .startsWith("encoder.weight", "rnns.0._W0")
                .endsWith("decoder.bias");
    }

    @Test
    void shouldLeaveTheTestTextUntouchedInASelection() {
        RecurrentTrainConfig brief = new RecurrentTrainConfig(12, 1, 4, 12, 20, 0, 0.25, DROPOUTS, PENALTIES, 5);

        Finished<RecurrentEpochReport> outcome = (Finished<RecurrentEpochReport>)
                RecurrentTraining.selection(GENOTYPE, brief, CORPUS, 3, CPU).run(new TrainingRecorder<>());

        assertThat(outcome.testScore()).isEmpty();
        assertThat(outcome.chosen().validPerplexity())
                .isEqualTo(outcome.curve().get(0).validPerplexity());
    }

    @Test
    void shouldGoOnFromWhatIsKeptAndStartAfreshWhereThatIsOfNoUse() {
        long all = stepsBefore(BASE.epochs());
        byte[] kept = ((Stopped<RecurrentEpochReport>)
                        loop(BASE, 7).run(new TrainingRecorder<>(all - 2, Directive.STOP)))
                .snapshot()
                .bytes();

        assertThat(stepsFrom(Optional.of(kept), 7)).isEqualTo(2);
        assertThat(stepsFrom(Optional.of(kept), 8)).isGreaterThan(2);
        assertThat(stepsFrom(Optional.of(new byte[] {1, 2, 3}), 7)).isEqualTo((int) all);
        assertThatThrownBy(() -> loop(BASE, 8).resume(Snapshot.of(kept), new TrainingRecorder<>()))
                .hasMessage("the snapshot belongs to another training: seed was 7, now 8");
    }

    @ParameterizedTest
    @MethodSource("variants")
    void shouldLetEveryOptionChangeTheOutcome(RecurrentTrainConfig variant) {
        Finished<RecurrentEpochReport> base =
                (Finished<RecurrentEpochReport>) loop(BASE, 7).run(new TrainingRecorder<>());

        Finished<RecurrentEpochReport> other =
                (Finished<RecurrentEpochReport>) loop(variant, 7).run(new TrainingRecorder<>());

        assertThat(other.curve()).isNotEqualTo(base.curve());
    }

    static Stream<RecurrentTrainConfig> variants() {
        return Stream.of(
                new RecurrentTrainConfig(11, 7, 4, 12, 60, 1e-6, 0.25, DROPOUTS, PENALTIES, 1),
                new RecurrentTrainConfig(12, 6, 4, 12, 60, 1e-6, 0.25, DROPOUTS, PENALTIES, 1),
                new RecurrentTrainConfig(12, 7, 5, 12, 60, 1e-6, 0.25, DROPOUTS, PENALTIES, 1),
                new RecurrentTrainConfig(12, 7, 4, 14, 60, 1e-6, 0.25, DROPOUTS, PENALTIES, 1),
                new RecurrentTrainConfig(12, 7, 4, 12, 59, 1e-6, 0.25, DROPOUTS, PENALTIES, 1),
                new RecurrentTrainConfig(12, 7, 4, 12, 60, 1e-3, 0.25, DROPOUTS, PENALTIES, 1),
                new RecurrentTrainConfig(12, 7, 4, 12, 60, 1e-6, 0.2, DROPOUTS, PENALTIES, 1),
                new RecurrentTrainConfig(
                        12, 7, 4, 12, 60, 1e-6, 0.25, new Dropouts(0.2, 0.1, 0.2, 0.1, 0.2), PENALTIES, 1),
                new RecurrentTrainConfig(
                        12, 7, 4, 12, 60, 1e-6, 0.25, new Dropouts(0.1, 0.2, 0.2, 0.1, 0.2), PENALTIES, 1),
                new RecurrentTrainConfig(
                        12, 7, 4, 12, 60, 1e-6, 0.25, new Dropouts(0.1, 0.1, 0.1, 0.1, 0.2), PENALTIES, 1),
                new RecurrentTrainConfig(
                        12, 7, 4, 12, 60, 1e-6, 0.25, new Dropouts(0.1, 0.1, 0.2, 0.2, 0.2), PENALTIES, 1),
                new RecurrentTrainConfig(
                        12, 7, 4, 12, 60, 1e-6, 0.25, new Dropouts(0.1, 0.1, 0.2, 0.1, 0.1), PENALTIES, 1),
                new RecurrentTrainConfig(12, 7, 4, 12, 60, 1e-6, 0.25, DROPOUTS, new LanguageLoss(0, 1e-3), 1),
                new RecurrentTrainConfig(12, 7, 4, 12, 60, 1e-6, 0.25, DROPOUTS, new LanguageLoss(0.1, 1e-1), 1),
                new RecurrentTrainConfig(12, 7, 4, 12, 60, 1e-6, 0.25, DROPOUTS, PENALTIES, 6));
    }

    private static long stepsBefore(int epoch) {
        TrainingRecorder<RecurrentEpochReport> recorder = new TrainingRecorder<>();
        loop(BASE, 7).run(recorder);
        return recorder.steps.stream().filter(step -> step.epoch() < epoch).count();
    }

    private static int stepsFrom(Optional<byte[]> kept, long seed) {
        TrainingRecorder<RecurrentEpochReport> observer = new TrainingRecorder<>();
        assertThat(loop(BASE, seed).runFrom(kept, observer)).isInstanceOf(Finished.class);
        return observer.steps.size();
    }

    private static TrainingLoop<RecurrentEpochReport> loop(RecurrentTrainConfig config, long seed) {
        return RecurrentTraining.full(GENOTYPE, config, CORPUS, seed, CPU);
    }

    /** The same snapshot with weights that are no numbers. */
    private static Snapshot broken(Snapshot good) {
        Map<String, HostTensor> tensors = new LinkedHashMap<>(good.content().tensors());
        float[] weights = good.tensor("weights").floats();
        Arrays.fill(weights, Float.NaN);
        tensors.put("weights", HostTensor.of(weights, weights.length));
        return new Snapshot(
                good.epoch(),
                good.step(),
                good.globalStep(),
                new Safetensors(tensors, good.content().facts()));
    }
}
