package io.dartboard.nas.text.network;

import static io.dartboard.nas.tensor.Closeness.assertClose;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.genotype.PublishedRecurrentGenotypes;
import io.dartboard.nas.genotype.RecurrentGenotype;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.DeviceTokens;
import io.dartboard.nas.tensor.Leaves;
import io.dartboard.nas.tensor.Torch;
import io.dartboard.nas.text.ops.LanguageLoss;
import io.dartboard.nas.text.ops.LanguageModel.Outputs;
import io.dartboard.nas.text.ops.RandomWindow;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecurrentNetworkTest {
    private static final double TOLERANCE = 1e-9;
    private static final int VOCABULARY = 13;
    private static final int WIDTH = 5;
    private static final int STEPS = 4;
    private static final int COLUMNS = 3;

    private record Result(float[] logits, float[] hidden, float[] gradient) {}

    @ParameterizedTest
    @CsvSource({"ENAS, 0", "ENAS, 0.4", "DARTS_V1, 0.4", "DARTS_V2, 0", "DARTS_V2, 0.4"})
    void shouldAgreeWithThePaperComputedNodeByNode(String name, double dropout) {
        RecurrentGenotype genotype = PublishedRecurrentGenotypes.of(name);

        Result actual = result(dropout, new RecurrentNetwork(genotype, VOCABULARY, WIDTH));
        Result expected = result(dropout, new NodeByNode(genotype, VOCABULARY, WIDTH));

        assertClose("logits", actual.logits(), expected.logits(), TOLERANCE, 1e-6);
        assertClose("hidden state", actual.hidden(), expected.hidden(), TOLERANCE, 1e-6);
        assertClose("gradient", actual.gradient(), expected.gradient(), TOLERANCE, 1e-6);
    }

    private static Result result(double dropout, DiscreteLanguageModel network) {
        RandomWindow window = new RandomWindow(network.model(), STEPS, COLUMNS);
        try (NDManager scope = Torch.open(Device.cpu());
                Autograd.Mode recording = Autograd.recording()) {
            Leaves leaves = window.leaves(scope);
            DeviceTokens tokens = window.tokens(scope);
            Outputs outputs = network.run(tokens, window.hidden(scope), leaves, window.masks(scope, dropout));
            NDArray loss = new LanguageLoss(0.5, 0.3).penalised(LanguageLoss.likelihood(outputs, tokens), outputs);
            NDArray gradient = Autograd.gradient(loss, leaves.vector());
            return new Result(Copy.toHost(outputs.logits()), Copy.toHost(outputs.hidden()), Copy.toHost(gradient));
        }
    }
}
