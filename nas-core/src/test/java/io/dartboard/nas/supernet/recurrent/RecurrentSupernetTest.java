package io.dartboard.nas.supernet.recurrent;

import static io.dartboard.nas.tensor.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.alpha.RecurrentAlphas;
import io.dartboard.nas.ops.recurrent.Dropouts;
import io.dartboard.nas.ops.recurrent.LanguageLoss;
import io.dartboard.nas.ops.recurrent.LanguageModel.Outputs;
import io.dartboard.nas.ops.recurrent.Masks;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.ChannelConstants;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.DeviceTokens;
import io.dartboard.nas.tensor.Leaves;
import io.dartboard.nas.tensor.ParameterVector;
import io.dartboard.nas.tensor.Torch;
import java.util.List;
import java.util.random.RandomGenerator;
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

    private interface Network {
        Outputs run(
                DeviceTokens tokens,
                NDArray hidden,
                NDArray alphas,
                Leaves leaves,
                Masks masks,
                ChannelConstants constants);
    }

    private record Result(float[] logits, float[] hidden, float[] weightGradient, float[] alphaGradient) {}

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.4})
    void shouldAgreeWithThePaperComputedHighwayByHighway(double dropout) {
        HighwayByHighway oracle = new HighwayByHighway(RecurrentSpace.DARTS, supernet.layout());

        Result actual = result(dropout, supernet::run);
        Result expected = result(dropout, oracle::run);

        assertClose("logits", actual.logits(), expected.logits(), TOLERANCE, 1e-6);
        assertClose("hidden state", actual.hidden(), expected.hidden(), TOLERANCE, 1e-6);
        assertClose("weight gradient", actual.weightGradient(), expected.weightGradient(), TOLERANCE, 1e-6);
        assertClose("alpha gradient", actual.alphaGradient(), expected.alphaGradient(), TOLERANCE, 1e-6);
    }

    @Test
    void shouldNotBeTheSameWithAndWithoutDropout() {
        assertThat(result(0.4, supernet::run).logits())
                .isNotEqualTo(result(0, supernet::run).logits());
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

    private Result result(double dropout, Network network) {
        RandomStreams streams = new RandomStreams(3);
        RandomGenerator random = streams.stream("window");
        long[] words = new long[STEPS * COLUMNS];
        long[] following = new long[STEPS * COLUMNS];
        for (int i = 0; i < words.length; i++) {
            words[i] = random.nextInt(VOCABULARY);
            following[i] = random.nextInt(VOCABULARY);
        }
        float[] weights = new float[supernet.layout().size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) (0.7 * random.nextGaussian());
        }
        float[] alphas = new float[180];
        for (int i = 0; i < alphas.length; i++) {
            alphas[i] = (float) random.nextGaussian();
        }
        double[] hidden = new double[COLUMNS * WIDTH];
        for (int i = 0; i < hidden.length; i++) {
            hidden[i] = random.nextGaussian();
        }
        try (NDManager scope = Torch.open(Device.cpu());
                Autograd.Mode recording = Autograd.recording()) {
            Leaves leaves = new ParameterVector(scope, supernet.layout(), weights, DataType.FLOAT64).leaves(scope);
            NDArray live = new RecurrentAlphaVector(
                            scope,
                            RecurrentSpace.DARTS,
                            RecurrentAlphas.of(RecurrentSpace.DARTS, alphas),
                            DataType.FLOAT64)
                    .leaf(scope);
            Masks masks = Masks.draw(
                    scope,
                    streams.stream("masks"),
                    new Dropouts(dropout, dropout, dropout, dropout, dropout),
                    words,
                    COLUMNS,
                    VOCABULARY,
                    WIDTH,
                    DataType.FLOAT64);
            DeviceTokens tokens = DeviceTokens.of(scope, words, following, STEPS, COLUMNS);
            Outputs outputs = network.run(
                    tokens,
                    Copy.toDevice(scope, hidden, new Shape(COLUMNS, WIDTH)),
                    live,
                    leaves,
                    masks,
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
