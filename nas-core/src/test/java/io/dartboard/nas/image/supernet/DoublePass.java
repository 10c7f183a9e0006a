package io.dartboard.nas.image.supernet;

import static io.dartboard.nas.tensor.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.bilevel.Mixing;
import io.dartboard.nas.image.ops.Pass;
import io.dartboard.nas.provenance.RandomStreams;
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

/** What a relaxed network of three classes makes of three images of noise, in double precision. */
public record DoublePass(float[] logits, Map<String, HostTensor> weightGradients, float[] alphaGradient) {
    private static final double TOLERANCE = 1e-9;

    /** Runs a network that is relaxed by a softmax, with given weights by name. */
    public static DoublePass of(RelaxedNetwork network, Map<String, HostTensor> named, int side, boolean channelsLast) {
        return of(network, AlphaLayout.sharedByKind(network.space()), Mixing.SOFTMAX, named, side, channelsLast);
    }

    /** Runs a network of given alphas, mixed in a given way, with given weights by name. */
    public static DoublePass of(
            RelaxedNetwork network,
            AlphaLayout alphaLayout,
            Mixing mixing,
            Map<String, HostTensor> named,
            int side,
            boolean channelsLast) {
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
            Alphas start = Alphas.initial(alphaLayout, streams.stream("alphas"));
            NDArray alphas = new AlphaVector(scope, start, DataType.FLOAT64).leaf(scope);
            Leaves leaves = weights.leaves(scope);
            Pass pass = Pass.search(leaves, new ChannelConstants(scope, DataType.FLOAT64));
            NDArray images = Copy.toDevice(scope, pixels, new Shape(3, 3, side, side));
            if (channelsLast) {
                NDArray rows = images.transpose(0, 2, 3, 1).reshape(3L * side * side, 3);
                images = rows.duplicate().reshape(3, side, side, 3).transpose(0, 3, 1, 2);
            }
            NDArray logits = network.logits(images, mixing.weights(alphas, alphaLayout), pass);
            NDArray loss = Functional.crossEntropy(logits, Copy.toDevice(scope, new long[] {0, 1, 2}));
            List<NDArray> gradients = Autograd.gradients(loss, leaves.vector(), alphas);
            return new DoublePass(
                    Copy.toHost(logits),
                    layout.named("", Copy.toHost(gradients.get(0))),
                    Copy.toHost(gradients.get(1)));
        }
    }

    /** Weights at random for a network. */
    public static Map<String, HostTensor> weights(RelaxedNetwork network) {
        return network.layout().named("", network.layout().initial(new RandomStreams(3).stream("weights")));
    }

    /** Checks that another pass gave the same, but for rounding. */
    public void assertAgreesWith(DoublePass expected) {
        assertClose("logits", logits, expected.logits, TOLERANCE, 1e-6);
        assertClose("alpha gradient", alphaGradient, expected.alphaGradient, TOLERANCE, 1e-6);
        assertThat(weightGradients.keySet()).isEqualTo(expected.weightGradients.keySet());
        expected.weightGradients.forEach((name, gradient) -> assertClose(
                name, Objects.requireNonNull(weightGradients.get(name)).floats(), gradient.floats(), TOLERANCE, 1e-6));
    }
}
