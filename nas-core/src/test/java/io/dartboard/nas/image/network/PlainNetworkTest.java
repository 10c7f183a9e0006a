package io.dartboard.nas.image.network;

import static io.dartboard.nas.tensor.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.dartboard.nas.genotype.NamedGenotype;
import io.dartboard.nas.genotype.RandomGenotype;
import io.dartboard.nas.genotype.StackedCells;
import io.dartboard.nas.image.cost.Stem;
import io.dartboard.nas.image.network.DiscreteNetwork.Outputs;
import io.dartboard.nas.image.ops.Pass;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.ChannelConstants;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.DeviceBatch;
import io.dartboard.nas.tensor.Functional;
import io.dartboard.nas.tensor.HostTensor;
import io.dartboard.nas.tensor.Leaves;
import io.dartboard.nas.tensor.ParameterLayout;
import io.dartboard.nas.tensor.ParameterVector;
import io.dartboard.nas.tensor.Torch;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The network that is trained against the one that the paper draws, in double precision. */
class PlainNetworkTest {
    private static final double ABSOLUTE = 1e-9;
    private static final double RELATIVE = 1e-6; // the last digit of a float, in which numbers leave the device
    private static final int IMAGES = 3;
    private static final double DROP_PATH = 0.4;
    private static final RandomStreams STREAMS = new RandomStreams(5);

    private record Result(
            float[] logits,
            Optional<float[]> auxiliaryLogits,
            Map<String, HostTensor> gradients,
            Map<String, HostTensor> statistics,
            float[] judged) {}

    @ParameterizedTest
    @CsvSource({
        "CIFAR, DARTS_V1, 32, true",
        "CIFAR, DARTS_V2, 32, true",
        "CIFAR, NASNet-A, 32, true",
        "CIFAR, AmoebaNet-A, 32, true",
        "CIFAR, random, 32, true",
        "CIFAR, FairDARTS_a, 32, true",
        "CIFAR, FairDARTS_c, 32, true",
        "CIFAR, FairDARTS_g, 32, true",
        "CIFAR, random, 20, false",
        "CIFAR, random, 8, false",
        "CIFAR, random, 40, true",
        "CIFAR, DARTS_V2, 64, true",
        "IMAGENET, DARTS_V2, 224, true",
        "IMAGENET, AmoebaNet-A, 64, false",
        "IMAGENET, random, 96, false"
    })
    void shouldAgreeWithTheNetworkAsThePaperDrawsIt(Stem stem, String name, int side, boolean head) {
        StackedCells genotype = name.equals("random")
                ? RandomGenotype.draw(CnnSpace.DARTS, STREAMS.stream("genotype", 0, side))
                : (StackedCells) NamedGenotype.of(name, CnnSpace.DARTS).genotype();
        NetworkShape shape = new NetworkShape(4, 4, 5);
        ConvolutionalNetwork network = ConvolutionalNetwork.of(stem, genotype, shape, side, head);
        PlainNetwork plain = PlainNetwork.of(stem, genotype, shape, side, head);
        assertThat(network.weights().leaves()).isEqualTo(plain.weights().leaves());
        assertThat(network.statistics().leaves()).isEqualTo(plain.statistics().leaves());
        assertThat(network.operands()).isEqualTo(plain.operands());

        Result actual = run(network, side);
        Result expected = run(plain, side);

        assertClose("logits", actual.logits(), expected.logits(), ABSOLUTE, RELATIVE);
        assertThat(actual.auxiliaryLogits().isPresent()).isEqualTo(head);
        expected.auxiliaryLogits()
                .ifPresent(logits -> assertClose(
                        "auxiliary logits", actual.auxiliaryLogits().orElseThrow(), logits, ABSOLUTE, RELATIVE));
        expected.gradients()
                .forEach((leaf, gradient) -> assertClose(
                        "gradient of " + leaf,
                        Objects.requireNonNull(actual.gradients().get(leaf)).floats(),
                        gradient.floats(),
                        ABSOLUTE,
                        RELATIVE));
        expected.statistics()
                .forEach((leaf, values) -> assertClose(
                        leaf,
                        Objects.requireNonNull(actual.statistics().get(leaf)).floats(),
                        values.floats(),
                        ABSOLUTE,
                        RELATIVE));
        assertClose("logits by running statistics", actual.judged(), expected.judged(), ABSOLUTE, RELATIVE);
    }

    private static Result run(DiscreteNetwork network, int side) {
        ParameterLayout layout = network.weights();
        ParameterLayout statisticsLayout = network.statistics();
        RandomGenerator random = STREAMS.stream("images");
        float[] pixels = new float[IMAGES * 3 * side * side];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) random.nextGaussian();
        }
        try (NDManager scope = Torch.open(Device.cpu())) {
            ParameterVector weights =
                    new ParameterVector(scope, layout, layout.initial(STREAMS.stream("weights")), DataType.FLOAT64);
            ParameterVector statistics = new ParameterVector(
                    scope, statisticsLayout, statisticsLayout.initial(STREAMS.stream("statistics")), DataType.FLOAT64);
            ChannelConstants constants = new ChannelConstants(scope, DataType.FLOAT64);
            DeviceBatch batch = DeviceBatch.of(scope, pixels, new long[] {0, 3, 1}, 3, side, side)
                    .as(DataType.FLOAT64);
            DropPath dropPath =
                    DropPath.draw(scope, STREAMS.stream("drop-path"), DROP_PATH, network.operands(), IMAGES);
            Outputs outputs;
            NDArray gradient;
            try (Autograd.Mode recording = Autograd.recording()) {
                Leaves leaves = weights.leaves(scope);
                outputs = network.train(
                        batch.images(), Pass.training(leaves, statistics.constants(), constants), dropPath);
                NDArray loss = Functional.crossEntropy(outputs.logits(), batch.labels());
                if (outputs.auxiliaryLogits().isPresent()) {
                    loss = loss.add(
                            Functional.crossEntropy(outputs.auxiliaryLogits().get(), batch.labels()));
                }
                gradient = Autograd.gradient(loss, leaves.vector());
            }
            try (Autograd.Mode paused = Autograd.paused()) {
                NDArray judged = network.evaluate(
                        batch.images(), Pass.evaluation(weights.constants(), statistics.constants(), constants));
                return new Result(
                        Copy.toHost(outputs.logits()),
                        outputs.auxiliaryLogits().map(Copy::toHost),
                        layout.named("", Copy.toHost(gradient)),
                        statistics.named(""),
                        Copy.toHost(judged));
            }
        }
    }
}
