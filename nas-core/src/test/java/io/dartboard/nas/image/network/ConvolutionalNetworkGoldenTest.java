package io.dartboard.nas.image.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import io.dartboard.nas.GoldenJson;
import io.dartboard.nas.GoldenTensors;
import io.dartboard.nas.TestDevice;
import io.dartboard.nas.genotype.Genotype;
import io.dartboard.nas.genotype.PublishedGenotypes;
import io.dartboard.nas.image.cost.Stem;
import io.dartboard.nas.image.network.DiscreteNetwork.Outputs;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.Functional;
import io.dartboard.nas.tensor.HostTensor;
import io.dartboard.nas.tensor.Leaves;
import io.dartboard.nas.tensor.ParameterLayout;
import io.dartboard.nas.tensor.Scalars;
import io.dartboard.nas.tensor.Torch;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConvolutionalNetworkGoldenTest {

    private static final GoldenTensors GOLDEN = GoldenTensors.read("eval_networks.safetensors");
    private static final String IMAGENET = "imagenet.";
    private static final String TRAINED = ".train.logits";
    private static final Pattern IMAGENET_INPUT =
            Pattern.compile("ImageNet input = lcg\\(\\((\\d+),(\\d+),(\\d+),(\\d+)\\),(\\d+),([\\d.]+)\\)");

    static Stream<String> cifarNetworks() {
        return GOLDEN.names().stream()
                .filter(name -> !name.startsWith(IMAGENET) && name.endsWith(TRAINED))
                .map(name -> name.substring(0, name.length() - TRAINED.length()));
    }

    @ParameterizedTest
    @MethodSource("cifarNetworks")
    void shouldNameTheWeightsAsTheAuthorsDo(String name) {
        assertThat(GoldenNetwork.parameters(cifar(name).weights())).isEqualTo(order(name));
    }

    @ParameterizedTest
    @MethodSource("cifarNetworks")
    void shouldGiveTheAuthorsLogitsLossAndGradients(String name) {
        try (NDManager scope = Torch.open(TestDevice.get());
                Autograd.Mode recording = Autograd.recording()) {
            GoldenNetwork golden = new GoldenNetwork(scope, cifar(name));
            Leaves leaves = golden.weights.leaves(scope);

            Outputs outputs = golden.network.train(images(scope), golden.training(scope, leaves), DropPath.off());
            NDArray auxiliary = outputs.auxiliaryLogits().orElseThrow();
            NDArray labels = Copy.toDevice(scope, GOLDEN.tensor("y").longs());
            double weight = config("cifar").get("auxiliary_weight").asDouble();
            NDArray loss = Functional.crossEntropy(outputs.logits(), labels)
                    .add(Scalars.times(Functional.crossEntropy(auxiliary, labels), weight));

            assertClose(outputs.logits(), name + ".train.logits");
            assertClose(auxiliary, name + ".train.logits_aux");
            assertThat(Copy.scalar(loss)).isCloseTo(GOLDEN.json(name + ".loss").asDouble(), within(1e-4));
            float[] gradient = Copy.toHost(Autograd.gradient(loss, leaves.vector()));
            assertGradientNorms(golden.network.weights(), gradient, GOLDEN.json(name + ".grad_l2_by_param"));
        }
    }

    @ParameterizedTest
    @MethodSource("cifarNetworks")
    void shouldEvaluateByTheRunningStatisticsOfOneTrainingPass(String name) {
        try (NDManager scope = Torch.open(TestDevice.get());
                Autograd.Mode paused = Autograd.paused()) {
            GoldenNetwork golden = new GoldenNetwork(scope, cifar(name));
            NDArray images = images(scope);
            golden.network.train(images, golden.training(scope, golden.weights.constants()), DropPath.off());

            NDArray logits = golden.network.evaluate(images, golden.evaluation(scope));

            assertClose(logits, name + ".eval_after_one_train_forward.logits");
        }
    }

    @ParameterizedTest
    @MethodSource("cifarNetworks")
    void shouldDropPathsByTheRecordedMasks(String name) {
        try (NDManager scope = Torch.open(TestDevice.get());
                Autograd.Mode paused = Autograd.paused()) {
            GoldenNetwork golden = new GoldenNetwork(scope, cifar(name));
            GoldenJson.Numbered dropped = GoldenJson.numbered(GOLDEN.names(), name + ".droppath#.masks_in_call_order")
                    .get(0);
            String prefix = dropped.name().replace(".masks_in_call_order", "");
            List<NDArray> masks = masks(scope, GOLDEN.tensor(dropped.name()), dropped.number(0));
            assertThat(golden.network.operands()).isEqualTo(masks.size());

            Outputs outputs = golden.network.train(
                    images(scope), golden.training(scope, golden.weights.constants()), DropPath.of(masks));

            assertClose(outputs.logits(), prefix + ".logits");
            assertClose(outputs.auxiliaryLogits().orElseThrow(), prefix + ".logits_aux");
        }
    }

    @Test
    void shouldGiveTheAuthorsImageNetLogits() {
        GOLDEN.names().stream()
                .filter(name -> name.startsWith(IMAGENET) && name.endsWith(TRAINED))
                .map(name -> name.substring(IMAGENET.length(), name.length() - TRAINED.length()))
                .forEach(ConvolutionalNetworkGoldenTest::checkImageNet);
    }

    private static void checkImageNet(String name) {
        Matcher input = IMAGENET_INPUT.matcher(GOLDEN.facts().get("fill"));
        assertThat(input.find()).isTrue();
        Shape images = new Shape(IntStream.rangeClosed(1, 4)
                .mapToLong(axis -> Long.parseLong(input.group(axis)))
                .toArray());
        float[] pixels = GoldenNetwork.lcg(
                (int) images.size(), Long.parseLong(input.group(5)), Double.parseDouble(input.group(6)));
        JsonNode config = config("imagenet");
        NetworkShape shape = shape(config);
        DiscreteNetwork network =
                ConvolutionalNetwork.of(Stem.IMAGENET, PublishedGenotypes.of(name), shape, (int) images.get(2), true);
        assertThat(GoldenNetwork.parameters(network.weights())).isEqualTo(order(IMAGENET + name));
        try (NDManager scope = Torch.open(TestDevice.get());
                Autograd.Mode paused = Autograd.paused()) {
            GoldenNetwork golden = new GoldenNetwork(scope, network);

            Outputs outputs = network.train(
                    Copy.toDevice(scope, pixels, images),
                    golden.training(scope, golden.weights.constants()),
                    DropPath.off());

            assertClose(outputs.logits(), IMAGENET + name + TRAINED);
            assertClose(outputs.auxiliaryLogits().orElseThrow(), IMAGENET + name + TRAINED + "_aux");
        }
    }

    private static DiscreteNetwork cifar(String name) {
        Genotype genotype = PublishedGenotypes.of(name);
        int side = GOLDEN.tensor("x").shape().get(2);
        return ConvolutionalNetwork.of(Stem.CIFAR, genotype, shape(config("cifar")), side, true);
    }

    private static NetworkShape shape(JsonNode config) {
        return new NetworkShape(
                config.get("C").asInt(),
                config.get("layers").asInt(),
                config.get("classes").asInt());
    }

    private static JsonNode config(String part) {
        return GOLDEN.json("config").get(part);
    }

    private static NDArray images(NDManager scope) {
        return GOLDEN.array(scope, "x");
    }

    private static List<NDArray> masks(NDManager scope, HostTensor recorded, double dropPath) {
        int images = recorded.shape().get(1);
        float[] values = recorded.floats();
        List<NDArray> masks = new ArrayList<>();
        for (int from = 0; from < values.length; from += images) {
            float[] mask = new float[images];
            for (int n = 0; n < images; n++) {
                mask[n] = (float) (values[from + n] / (1 - dropPath));
            }
            masks.add(Copy.toDevice(scope, mask, new Shape(images, 1, 1, 1)));
        }
        return masks;
    }

    private static List<String> order(String name) {
        List<String> order = new ArrayList<>();
        for (JsonNode entry : GOLDEN.json(name + ".param_order")) {
            List<Integer> shape = new ArrayList<>();
            entry.get(1).forEach(extent -> shape.add(extent.asInt()));
            order.add(entry.get(0).asText() + shape);
        }
        return order;
    }

    private static void assertGradientNorms(ParameterLayout layout, float[] gradient, JsonNode expected) {
        assertThat(expected.size()).isEqualTo(layout.leaves().size());
        for (int i = 0; i < expected.size(); i++) {
            ParameterLayout.Leaf leaf = layout.leaves().get(i);
            double square = 0;
            for (int j = leaf.offset(); j < leaf.offset() + leaf.size(); j++) {
                square += (double) gradient[j] * gradient[j];
            }
            double norm = expected.get(i).asDouble();
            assertThat(Math.sqrt(square)).as(leaf.name()).isCloseTo(norm, within(2e-3 * norm + 2e-4));
        }
    }

    private static void assertClose(NDArray actual, String name) {
        assertThat(actual.toFloatArray()).as(name).containsExactly(GOLDEN.floats(name), within(2e-4f));
    }
}
