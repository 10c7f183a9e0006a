package io.dartboard.nas.text.supernet;

import static io.dartboard.nas.tensor.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.dartboard.nas.GoldenJson;
import io.dartboard.nas.bilevel.Mixing;
import io.dartboard.nas.derive.StrongestPredecessor;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.DeviceTokens;
import io.dartboard.nas.tensor.Leaves;
import io.dartboard.nas.tensor.ParameterLayout;
import io.dartboard.nas.text.ops.LanguageLoss;
import io.dartboard.nas.text.ops.LanguageModel.Outputs;
import io.dartboard.nas.text.ops.Masks;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecurrentSupernetGoldenTest {
    private static final double TOLERANCE = 1e-5;

    private final GoldenRecurrentSupernet golden = new GoldenRecurrentSupernet(DataType.FLOAT32);

    @AfterEach
    void close() {
        golden.close();
    }

    @Test
    void shouldOrderTheWeightsAsPublished() {
        List<String> names = golden.supernet().layout().leaves().stream()
                .map(ParameterLayout.Leaf::name)
                .toList();

        assertThat(names).isEqualTo(golden.file().parameterOrder());
    }

    @Test
    void shouldComputeProbabilitiesOutputsAndTheNextHiddenState() {
        try (Autograd.Mode paused = Autograd.paused()) {
            Outputs outputs = run(
                    golden.tokens("train"),
                    "train",
                    golden.weights().constants(golden.scope()),
                    golden.alphas().constant(golden.scope()));

            NDArray log = JniUtils.logSoftmax((PtNDArray) outputs.logits(), 1, DataType.FLOAT32);
            assertClose("log p", Copy.toHost(log), golden.floats("log_prob_train"), TOLERANCE, TOLERANCE);
            assertClose("outputs", Copy.toHost(outputs.raw()), golden.floats("raw_output_train"), TOLERANCE, TOLERANCE);
            assertClose(
                    "hidden", Copy.toHost(outputs.hidden()), golden.floats("hidden_next_train"), TOLERANCE, TOLERANCE);
        }
    }

    @Test
    void shouldComputeTheLossItsPenaltiesAndTheGradientOfTheWeights() {
        DeviceTokens tokens = golden.tokens("train");
        try (Autograd.Mode recording = Autograd.recording()) {
            Leaves leaves = golden.weights().leaves(golden.scope());
            Outputs outputs = run(tokens, "train", leaves, golden.alphas().constant(golden.scope()));
            NDArray likelihood = LanguageLoss.likelihood(outputs, tokens);
            double nll = scalar("nll_train");
            assertThat(Copy.scalar(likelihood)).isCloseTo(nll, within(TOLERANCE));
            NDArray active = new LanguageLoss(1, 0).penalised(likelihood, outputs);
            assertThat(Copy.scalar(active) - nll).isCloseTo(scalar("ar_mean_sq"), within(TOLERANCE));
            NDArray temporal = new LanguageLoss(0, 1).penalised(likelihood, outputs);
            assertThat(Copy.scalar(temporal) - nll).isCloseTo(scalar("tar_mean_sq"), within(TOLERANCE));

            GoldenJson.Numbered total = GoldenJson.numbered(
                            golden.file().json("scalars")::fieldNames, "loss_total_beta#")
                    .get(0);
            NDArray loss = new LanguageLoss(0, total.number(0)).penalised(likelihood, outputs);
            NDArray gradient = Autograd.gradient(loss, leaves.vector());

            assertThat(Copy.scalar(loss)).isCloseTo(scalar(total.name()), within(TOLERANCE));
            assertClose(
                    "weight gradient",
                    Copy.toHost(gradient),
                    golden.gather("grad_w_total_loss."),
                    TOLERANCE,
                    TOLERANCE);
        }
    }

    @Test
    void shouldDeriveTheGenotypeOfTheAlphas() {
        assertThat(new StrongestPredecessor(golden.space())
                        .genotype(golden.alphas().toAlphas()))
                .isEqualTo(GoldenJson.recurrent(golden.file().json("genotype_for_alpha")));
    }

    private Outputs run(DeviceTokens tokens, String which, Leaves leaves, NDArray alphas) {
        NDArray mixture = Mixing.SOFTMAX.weights(alphas, golden.alphas().layout());
        return golden.supernet().run(tokens, golden.hidden(which), mixture, leaves, Masks.none(), golden.constants());
    }

    private double scalar(String name) {
        return golden.file().scalar(name);
    }
}
