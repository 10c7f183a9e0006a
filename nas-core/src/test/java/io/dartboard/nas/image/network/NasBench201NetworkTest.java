package io.dartboard.nas.image.network;

import static io.dartboard.nas.tensor.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.alpha.AlphaSharing;
import io.dartboard.nas.alpha.EdgeForm;
import io.dartboard.nas.genotype.NasBench201Genotype;
import io.dartboard.nas.image.cost.ImageSize;
import io.dartboard.nas.image.cost.NetworkCost;
import io.dartboard.nas.image.cost.Stem;
import io.dartboard.nas.image.ops.Pass;
import io.dartboard.nas.image.supernet.Grouping;
import io.dartboard.nas.image.supernet.RelaxedNetwork;
import io.dartboard.nas.image.supernet.SupernetStage;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.searchspace.Edge;
import io.dartboard.nas.searchspace.NasBench201Space;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.ChannelConstants;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.Functional;
import io.dartboard.nas.tensor.Handles;
import io.dartboard.nas.tensor.HostTensor;
import io.dartboard.nas.tensor.Leaves;
import io.dartboard.nas.tensor.ParameterVector;
import io.dartboard.nas.tensor.Torch;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NasBench201NetworkTest {
    private static final NasBench201Space SPACE = NasBench201Space.PUBLISHED;
    private static final NetworkShape SHAPE = new NetworkShape(4, 5, 3);
    private static final int SIDE = 8;
    private static final String NONE = "|none~0|+|none~0|none~1|+|none~0|none~1|none~2|";

    private final NDManager scope = Torch.open(Device.cpu());
    private final NDArray images = images();

    @AfterEach
    void close() {
        scope.close();
    }

    /** Fresh normalisations of a discrete network do what those without parameters do in the supernet. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                NONE,
                "|skip_connect~0|+|none~0|none~1|+|skip_connect~0|skip_connect~1|none~2|",
                "|none~0|+|none~0|nor_conv_1x1~1|+|skip_connect~0|none~1|none~2|",
                "|nor_conv_3x3~0|+|avg_pool_3x3~0|skip_connect~1|+|none~0|nor_conv_1x1~1|avg_pool_3x3~2|",
                "|avg_pool_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|nor_conv_3x3~0|skip_connect~1|skip_connect~2|"
            })
    void shouldBeWhatTheSupernetIsWhereEachEdgeHasOneCandidate(String text) {
        NasBench201Genotype cell = NasBench201Genotype.parse(text);
        DiscreteNetwork network = DiscreteNetwork.of(Stem.CIFAR, cell, SHAPE, SIDE, false);
        RelaxedNetwork supernet = RelaxedNetwork.of(
                SPACE, SHAPE, 3, Grouping.unbounded(), AlphaSharing.BY_KIND, EdgeForm.FULL, SupernetStage.WHOLE);
        Map<String, HostTensor> weights = new HashMap<>(
                supernet.layout().named("", supernet.layout().initial(new RandomStreams(5).stream("weights"))));
        try (Autograd.Mode recording = Autograd.recording()) {
            ParameterVector relaxed = new ParameterVector(
                    scope, supernet.layout(), supernet.layout().gather("", weights));
            NDArray expected = supernet.logits(
                    images,
                    Copy.toDevice(scope, oneOfEach(cell), new Shape(SPACE.edgeCount() * SPACE.candidateCount())),
                    Pass.search(relaxed.constants(scope), new ChannelConstants(scope, DataType.FLOAT32)));

            NDArray logits = network.train(images, training(network, weights, cell), DropPath.off())
                    .logits();

            assertClose("logits", Copy.toHost(logits), Copy.toHost(expected), 1e-5, 1e-5);
        }
    }

    @Test
    void shouldTrainAndJudgeACellOfNothing() {
        DiscreteNetwork network = DiscreteNetwork.of(Stem.CIFAR, NasBench201Genotype.parse(NONE), SHAPE, SIDE, false);
        try (Autograd.Mode recording = Autograd.recording()) {
            GoldenNetwork filled = new GoldenNetwork(scope, network);
            Leaves leaves = filled.weights.leaves(scope);
            NDArray logits = network.train(images, filled.training(scope, leaves), DropPath.off())
                    .logits();
            NDArray loss = Functional.crossEntropy(logits, Copy.toDevice(scope, new long[] {0, 1, 2}));

            float[] gradient = Copy.toHost(Autograd.gradient(loss, leaves.vector()));

            assertThat(gradient).hasSize(network.weights().size());
            for (float each : gradient) {
                assertThat(each).isFinite();
            }
            float[] judged = Copy.toHost(network.evaluate(images, filled.evaluation(scope)));
            assertThat(new float[] {judged[3], judged[4], judged[5]})
                    .as("the same for every image")
                    .containsExactly(judged[0], judged[1], judged[2]);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                NONE,
                "|skip_connect~0|+|none~0|skip_connect~1|+|none~0|none~1|skip_connect~2|",
                "|skip_connect~0|+|skip_connect~0|skip_connect~1|+|skip_connect~0|skip_connect~1|skip_connect~2|",
                "|nor_conv_3x3~0|+|avg_pool_3x3~0|none~1|+|skip_connect~0|nor_conv_1x1~1|avg_pool_3x3~2|"
            })
    void shouldLeaveNothingOpenButItsResult(String cell) {
        DiscreteNetwork network = DiscreteNetwork.of(Stem.CIFAR, NasBench201Genotype.parse(cell), SHAPE, SIDE, false);
        try (Autograd.Mode recording = Autograd.recording()) {
            GoldenNetwork filled = new GoldenNetwork(scope, network);
            Pass training = filled.training(scope, filled.weights.leaves(scope));
            Pass evaluation = filled.evaluation(scope);
            network.train(images, training, DropPath.off()); // makes the constants that passes share
            DropPath dropPath =
                    DropPath.draw(scope, new RandomStreams(1).stream("drop-path"), 0.3, network.operands(), 3);
            int before = Handles.heldBy(scope);

            network.train(images, training, dropPath);
            network.evaluate(images, evaluation);

            assertThat(Handles.heldBy(scope) - before).isEqualTo(2);
        }
    }

    @Test
    void shouldRefuseWhatItHasNot() {
        NasBench201Genotype cell = NasBench201Genotype.parse(NONE);
        assertThatThrownBy(() -> DiscreteNetwork.of(Stem.CIFAR, cell, SHAPE, 32, true))
                .hasMessage("auxiliaryWeight must be 0 for cells of space nas-bench-201, whose networks have no"
                        + " auxiliary head; set auxiliaryWeight to 0");
        assertThatThrownBy(() -> DiscreteNetwork.of(Stem.IMAGENET, cell, SHAPE, 224, false))
                .hasMessageStartingWith("cells of space nas-bench-201 make networks for small images alone");
        assertThatThrownBy(() -> NetworkCost.of(Stem.IMAGENET, cell, SHAPE, ImageSize.square(224)))
                .hasMessageStartingWith("cells of space nas-bench-201 make networks for small images alone");
        assertThatThrownBy(() -> DiscreteNetwork.of(Stem.CIFAR, cell, SHAPE, 10, false))
                .hasMessageStartingWith("resolution must be a multiple of 4");
        assertThatThrownBy(() -> DiscreteNetwork.of(Stem.CIFAR, cell, new NetworkShape(4, 6, 3), 32, false))
                .hasMessageStartingWith("cells must be 3N + 2");
    }

    /** Weights of the supernet under the names that the discrete network has for them. */
    private Pass training(DiscreteNetwork network, Map<String, HostTensor> weights, NasBench201Genotype cell) {
        Map<String, HostTensor> named = new HashMap<>(weights);
        network.weights()
                .named("", network.weights().initial(new RandomStreams(6).stream("normalisations")))
                .forEach(named::putIfAbsent);
        for (int place = 0; place < SHAPE.cells(); place++) {
            for (Edge edge : SPACE.cell().edges()) {
                int candidate = SPACE.candidates().indexOf(cell.on(edge));
                HostTensor kernel =
                        weights.get("cells.%d.%s%d.op.1.weight".formatted(place, SPACE.prefix(edge), candidate));
                if (kernel != null) {
                    named.put("cells.%d.layers.%d.op.1.weight".formatted(place, edge.index()), kernel);
                }
            }
        }
        ParameterVector vector =
                new ParameterVector(scope, network.weights(), network.weights().gather("", named));
        ParameterVector statistics = new ParameterVector(
                scope, network.statistics(), network.statistics().initial(new RandomStreams(0).stream("statistics")));
        return Pass.training(
                vector.constants(scope), statistics.constants(), new ChannelConstants(scope, DataType.FLOAT32));
    }

    private static float[] oneOfEach(NasBench201Genotype cell) {
        float[] mixture = new float[SPACE.edgeCount() * SPACE.candidateCount()];
        SPACE.cell()
                .edges()
                .forEach(edge -> mixture[
                        edge.index() * SPACE.candidateCount()
                                + SPACE.candidates().indexOf(cell.on(edge))] = 1);
        return mixture;
    }

    private NDArray images() {
        var random = new RandomStreams(4).stream("images");
        float[] pixels = new float[3 * 3 * SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) random.nextGaussian();
        }
        return Copy.toDevice(scope, pixels, new Shape(3, 3, SIDE, SIDE));
    }
}
