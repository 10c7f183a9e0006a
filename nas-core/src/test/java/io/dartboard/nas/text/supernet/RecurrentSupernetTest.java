package io.dartboard.nas.text.supernet;

import static io.dartboard.nas.tensor.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.bilevel.Mixing;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.tensor.AlphaVector;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.ChannelConstants;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.DeviceRelaxation;
import io.dartboard.nas.tensor.DeviceTokens;
import io.dartboard.nas.tensor.Leaves;
import io.dartboard.nas.tensor.Torch;
import io.dartboard.nas.text.ops.LanguageLoss;
import io.dartboard.nas.text.ops.LanguageModel.Outputs;
import io.dartboard.nas.text.ops.RandomWindow;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecurrentSupernetTest {
    private static final double TOLERANCE = 1e-9;
    private static final int VOCABULARY = 13;
    private static final int WIDTH = 5;
    private static final int STEPS = 4;
    private static final int COLUMNS = 6;

    private final RecurrentSupernet supernet = new RecurrentSupernet(RecurrentSpace.DARTS, VOCABULARY, WIDTH);

    private record Result(float[] logits, float[] hidden, float[] weightGradient, float[] alphaGradient) {}

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.4})
    void shouldAgreeWithThePaperComputedHighwayByHighway(double dropout) {
        HighwayByHighway oracle = new HighwayByHighway(RecurrentSpace.DARTS, VOCABULARY, WIDTH);

        Result actual = result(dropout, supernet);
        Result expected = result(dropout, oracle);

        assertClose("logits", actual.logits(), expected.logits(), TOLERANCE, 1e-6);
        assertClose("hidden state", actual.hidden(), expected.hidden(), TOLERANCE, 1e-6);
        assertClose("weight gradient", actual.weightGradient(), expected.weightGradient(), TOLERANCE, 1e-6);
        assertClose("alpha gradient", actual.alphaGradient(), expected.alphaGradient(), TOLERANCE, 1e-6);
    }

    @Test
    void shouldMixByTheWeightsItIsGiven() {
        Mixing sigmoids = Mixing.of(DeviceRelaxation.SIGMOID);
        Result actual = result(0, supernet, sigmoids);
        Result expected = result(0, new HighwayByHighway(RecurrentSpace.DARTS, VOCABULARY, WIDTH), sigmoids);

        assertClose("logits", actual.logits(), expected.logits(), TOLERANCE, 1e-6);
        assertClose("alpha gradient", actual.alphaGradient(), expected.alphaGradient(), TOLERANCE, 1e-6);
        assertThat(actual.logits()).isNotEqualTo(result(0, supernet).logits());
    }

    @Test
    void shouldNotBeTheSameWithAndWithoutDropout() {
        assertThat(result(0.4, supernet).logits())
                .isNotEqualTo(result(0, supernet).logits());
    }

    @Test
    void shouldHaveThePublishedNumberOfWeightsAndStartSmall() {
        RecurrentSupernet published = new RecurrentSupernet(RecurrentSpace.DARTS, 10_000, 300);
        assertThat(published.layout().size()).isEqualTo(4_810_000);
        float[] start = supernet.layout().initial(new RandomStreams(1).stream("weights"));
        for (float value : start) {
            assertThat(value).isBetween(-0.04f, 0.04f);
        }
        assertThat(start[start.length - 1]).as("bias of the decoder").isZero();
    }

    private Result result(double dropout, RelaxedLanguageModel network) {
        return result(dropout, network, Mixing.SOFTMAX);
    }

    private Result result(double dropout, RelaxedLanguageModel network, Mixing mixing) {
        RandomWindow window = new RandomWindow(network.model(), STEPS, COLUMNS);
        float[] alphas = RandomWindow.gaussians("alphas", 180, 1);
        try (NDManager scope = Torch.open(Device.cpu());
                Autograd.Mode recording = Autograd.recording()) {
            Leaves leaves = window.leaves(scope);
            NDArray live = new AlphaVector(
                            scope, Alphas.of(AlphaLayout.sharedByKind(RecurrentSpace.DARTS), alphas), DataType.FLOAT64)
                    .leaf(scope);
            DeviceTokens tokens = window.tokens(scope);
            Outputs outputs = network.run(
                    tokens,
                    window.hidden(scope),
                    mixing.weights(live, AlphaLayout.sharedByKind(RecurrentSpace.DARTS)),
                    leaves,
                    window.masks(scope, dropout),
                    new ChannelConstants(scope, DataType.FLOAT64));
            NDArray loss = new LanguageLoss(0.5, 0.3).penalised(LanguageLoss.likelihood(outputs, tokens), outputs);
            List<NDArray> gradients = Autograd.gradients(loss, leaves.vector(), live);
            return new Result(
                    Copy.toHost(outputs.logits()),
                    Copy.toHost(outputs.hidden()),
                    Copy.toHost(gradients.get(0)),
                    Copy.toHost(gradients.get(1)));
        }
    }
}
