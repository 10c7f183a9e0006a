package io.dartboard.nas.image.supernet;

import static io.dartboard.nas.tensor.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.alpha.CnnAlphas;
import io.dartboard.nas.image.ops.Pass;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.nas.tensor.AlphaVector;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.ChannelConstants;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.Functional;
import io.dartboard.nas.tensor.HostTensor;
import io.dartboard.nas.tensor.Leaves;
import io.dartboard.nas.tensor.ParameterLayout;
import io.dartboard.nas.tensor.ParameterVector;
import io.dartboard.nas.tensor.Torch;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SupernetTest {
    private static final double TOLERANCE = 1e-9;
    private static final NetworkShape SHAPE = new NetworkShape(2, 4, 3);

    private record Result(float[] logits, Map<String, HostTensor> weightGradients, float[] alphaGradient) {}

    // Of images of 12 by 12 the last cells have 3 by 3 pixels, which have no phases of one size.
    @ParameterizedTest
    @CsvSource({"8, 1", "8, 3", "8, 100", "12, 100"})
    void shouldAgreeWithThePaperComputedEdgeByEdge(int side, int widest) {
        int bytesOfAnEdge = 4 * SHAPE.channels() * 3 * side * side;
        Grouping grouping = new Grouping((long) widest * bytesOfAnEdge, 3L * side * side);
        Supernet supernet = new Supernet(CnnSpace.DARTS, SHAPE, 3, grouping);
        EdgeByEdge oracle = new EdgeByEdge(CnnSpace.DARTS, SHAPE, 3);
        Map<String, HostTensor> weights =
                supernet.layout().named("", supernet.layout().initial(new RandomStreams(3).stream("weights")));

        Result actual = run(supernet, weights, side, true);
        Result expected = run(oracle, weights, side, false);

        assertClose("logits", actual.logits(), expected.logits(), TOLERANCE, 1e-6);
        assertClose("alpha gradient", actual.alphaGradient(), expected.alphaGradient(), TOLERANCE, 1e-6);
        assertThat(actual.weightGradients().keySet())
                .isEqualTo(expected.weightGradients().keySet());
        expected.weightGradients()
                .forEach((name, gradient) -> assertClose(
                        name,
                        Objects.requireNonNull(actual.weightGradients().get(name))
                                .floats(),
                        gradient.floats(),
                        TOLERANCE,
                        1e-6));
    }

    @Test
    void shouldHaveThePublishedNumberOfWeights() {
        assertThat(new Supernet(CnnSpace.DARTS, new NetworkShape(16, 8, 10), 3, Grouping.unbounded())
                        .layout()
                        .size())
                .isEqualTo(1_930_618);
    }

    private static Result run(RelaxedNetwork network, Map<String, HostTensor> named, int side, boolean channelsLast) {
        ParameterLayout layout = network.layout();
        RandomStreams streams = new RandomStreams(3);
        RandomGenerator random = streams.stream("images");
        double[] pixels = new double[3 * 3 * side * side];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextGaussian();
        }
        try (NDManager scope = Torch.open(Device.cpu());
                Autograd.Mode recording = Autograd.recording()) {
            ParameterVector weights = new ParameterVector(scope, layout, layout.gather("", named), DataType.FLOAT64);
            Alphas start = Alphas.initial(CnnAlphas.DARTS, streams.stream("alphas"));
            NDArray alphas = new AlphaVector(scope, start, DataType.FLOAT64).leaf(scope);
            Leaves leaves = weights.leaves(scope);
            Pass pass = Pass.search(leaves, new ChannelConstants(scope, DataType.FLOAT64));
            NDArray images = Copy.toDevice(scope, pixels, new Shape(3, 3, side, side));
            if (channelsLast) {
                NDArray rows = images.transpose(0, 2, 3, 1).reshape(3L * side * side, 3);
                images = rows.duplicate().reshape(3, side, side, 3).transpose(0, 3, 1, 2);
            }
            NDArray logits = network.logits(images, alphas, pass);
            NDArray loss = Functional.crossEntropy(logits, Copy.toDevice(scope, new long[] {0, 1, 2}));
            List<NDArray> gradients = Autograd.gradients(loss, leaves.vector(), alphas);
            return new Result(
                    Copy.toHost(logits),
                    layout.named("", Copy.toHost(gradients.get(0))),
                    Copy.toHost(gradients.get(1)));
        }
    }
}
