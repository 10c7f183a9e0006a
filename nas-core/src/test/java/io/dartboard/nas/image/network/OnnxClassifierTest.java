package io.dartboard.nas.image.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.dartboard.nas.genotype.CellGenotype;
import io.dartboard.nas.genotype.ConvolutionalArchitecture;
import io.dartboard.nas.genotype.Gene;
import io.dartboard.nas.genotype.Genotype;
import io.dartboard.nas.genotype.NasBench201Genotype;
import io.dartboard.nas.genotype.PublishedGenotypes;
import io.dartboard.nas.image.cost.Stem;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.nas.searchspace.OperationCatalogue;
import io.dartboard.nas.searchspace.Primitive;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.HostTensor;
import io.dartboard.nas.tensor.Torch;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Another runtime computes of the model what this engine computes of the network. */
class OnnxClassifierTest {
    private static final int CLASSES = 7;
    private static final float TOLERANCE = 1e-4f;

    private final NDManager scope = Torch.open(Device.cpu());

    @AfterEach
    void close() {
        scope.close();
    }

    static Stream<Primitive> operations() {
        return OperationCatalogue.installed().primitives().stream().filter(each -> !each.equals(Primitive.NONE));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void shouldComputeEveryOperationAtBothStrides(Primitive operation) throws OrtException {
        CellGenotype cell = new CellGenotype(
                List.of(
                        List.of(new Gene(operation, 0), new Gene(operation, 1)),
                        List.of(new Gene(operation, 2), new Gene(Primitive.SKIP_CONNECT, 0))),
                List.of(2, 3));
        same(Stem.CIFAR, new Genotype(cell, cell), new NetworkShape(4, 4, CLASSES), 12, 16);
    }

    /** With 1,000 images, as a hand-over is to be checked by. */
    @Test
    void shouldGiveTheSameLogitsAndClassesOnAThousandImages() throws OrtException {
        same(Stem.CIFAR, PublishedGenotypes.DARTS_V2, new NetworkShape(8, 6, CLASSES), 16, 1000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DARTS_V1", "NASNet", "AmoebaNet"})
    void shouldComputeNetworksForPhotographs(String name) throws OrtException {
        same(Stem.IMAGENET, PublishedGenotypes.of(name), new NetworkShape(8, 6, CLASSES), 64, 8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "|none~0|+|none~0|none~1|+|none~0|none~1|none~2|",
                "|nor_conv_3x3~0|+|avg_pool_3x3~0|skip_connect~1|+|none~0|nor_conv_1x1~1|avg_pool_3x3~2|",
                "|none~0|+|none~0|nor_conv_1x1~1|+|skip_connect~0|none~1|none~2|"
            })
    void shouldComputeNetworksOfNasBench201(String text) throws OrtException {
        same(Stem.CIFAR, NasBench201Genotype.parse(text), new NetworkShape(8, 5, CLASSES), 12, 16);
    }

    @Test
    void shouldBeTheSameBytesForTheSameNetwork() {
        DiscreteNetwork network =
                DiscreteNetwork.of(Stem.CIFAR, PublishedGenotypes.DARTS_V1, new NetworkShape(4, 3, CLASSES), 8, false);
        Map<String, HostTensor> tensors = tensors(new GoldenNetwork(scope, network));

        assertThat(model(network, 8, tensors))
                .isEqualTo(model(network, 8, new TreeMap<>(tensors).descendingMap()))
                .isNotEmpty();
    }

    @Test
    void shouldRefuseWeightsOfAnotherNetwork() {
        DiscreteNetwork network =
                DiscreteNetwork.of(Stem.CIFAR, PublishedGenotypes.DARTS_V1, new NetworkShape(4, 3, CLASSES), 8, false);
        Map<String, HostTensor> tensors = tensors(new GoldenNetwork(scope, network));
        tensors.remove("classifier.bias");

        assertThatThrownBy(() -> model(network, 8, tensors))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("parameter 'classifier.bias' needs 7 values (is missing)");
    }

    private void same(Stem stem, ConvolutionalArchitecture cell, NetworkShape shape, int side, int count)
            throws OrtException {
        DiscreteNetwork network = DiscreteNetwork.of(stem, cell, shape, side, false);
        GoldenNetwork filled = new GoldenNetwork(scope, network);
        float[] pixels = GoldenNetwork.lcg(count * 3 * side * side, 17, 2);
        try (NDManager pass = scope.newSubManager()) {
            NDArray images = Copy.toDevice(pass, pixels, new Shape(count, 3, side, side));
            // Statistics that are no longer those of a fresh network.
            network.train(images, filled.training(pass, filled.weights.constants()), DropPath.off());
            float[] expected = Copy.toHost(network.evaluate(images, filled.evaluation(pass)));

            float[] logits = run(model(network, side, tensors(filled)), pixels, side);

            assertThat(logits).containsExactly(expected, within(TOLERANCE));
            assertThat(classes(logits)).isEqualTo(classes(expected)).hasSize(count);
        }
    }

    private static byte[] model(DiscreteNetwork network, int side, Map<String, HostTensor> tensors) {
        return OnnxClassifier.of(network, side, CLASSES, tensors, Map.of("mean", "[0.5]"));
    }

    private static Map<String, HostTensor> tensors(GoldenNetwork filled) {
        Map<String, HostTensor> tensors = new TreeMap<>(filled.weights.named(""));
        tensors.putAll(filled.statistics.named(""));
        return tensors;
    }

    private static float[] run(byte[] model, float[] pixels, int side) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(model);
                OnnxTensor images = OnnxTensor.createTensor(environment, FloatBuffer.wrap(pixels), new long[] {
                    pixels.length / (3L * side * side), 3, side, side
                });
                OrtSession.Result result = session.run(Map.of(OnnxClassifier.IMAGES, images))) {
            float[][] logits = (float[][]) result.get(0).getValue();
            float[] flat = new float[logits.length * CLASSES];
            for (int i = 0; i < logits.length; i++) {
                System.arraycopy(logits[i], 0, flat, i * CLASSES, CLASSES);
            }
            return flat;
        }
    }

    private static List<Integer> classes(float[] logits) {
        return IntStream.range(0, logits.length / CLASSES)
                .map(image -> best(Arrays.copyOfRange(logits, image * CLASSES, (image + 1) * CLASSES)))
                .boxed()
                .toList();
    }

    private static int best(float[] logits) {
        return IntStream.range(0, logits.length)
                .reduce((best, each) -> logits[each] > logits[best] ? each : best)
                .orElseThrow();
    }
}
