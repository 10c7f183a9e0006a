package io.dartboard.nas.image.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.derive.TopTwo;
import io.dartboard.nas.genotype.Architecture;
import io.dartboard.nas.genotype.Gene;
import io.dartboard.nas.genotype.Genotype;
import io.dartboard.nas.image.cost.ImageSize;
import io.dartboard.nas.image.cost.NetworkCost;
import io.dartboard.nas.image.cost.Stem;
import io.dartboard.nas.image.cost.SupernetCost;
import io.dartboard.nas.image.data.Batch;
import io.dartboard.nas.image.network.ConvolutionalNetwork;
import io.dartboard.nas.image.ops.AddedOperations;
import io.dartboard.nas.image.supernet.DoublePass;
import io.dartboard.nas.image.supernet.EdgeByEdge;
import io.dartboard.nas.image.supernet.Grouping;
import io.dartboard.nas.image.supernet.Supernet;
import io.dartboard.nas.optim.CosineSchedule;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.searchspace.CellShape;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.nas.searchspace.Primitive;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.ChannelConstants;
import io.dartboard.nas.tensor.HostTensor;
import io.dartboard.nas.tensor.Torch;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An operation that is registered, and nothing else, is searched, derived, counted, drawn and retrained. */
class AddedOperationTest {
    private static final int SIDE = 8;
    private static final NetworkShape SHAPE = new NetworkShape(4, 4, 3);
    private static final CnnSpace SPACE = new CnnSpace(
            "with-added",
            List.of(
                    Primitive.NONE,
                    AddedOperations.CONV_1X1,
                    Primitive.SKIP_CONNECT,
                    AddedOperations.SCALED_SKIP,
                    Primitive.DIL_CONV_3X3),
            new CellShape(2, 2));
    private static final CnnSpace ADDED_ALONE = new CnnSpace(
            "added-alone", List.of(AddedOperations.CONV_1X1, AddedOperations.SCALED_SKIP), new CellShape(2, 2));

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldBeSearchedAsThePaperWritesIt(boolean amongOthers) {
        CnnSpace space = amongOthers ? SPACE : ADDED_ALONE;
        Supernet supernet = new Supernet(space, SHAPE, 3, Grouping.unbounded());
        Map<String, HostTensor> weights = DoublePass.weights(supernet);

        DoublePass actual = DoublePass.of(supernet, weights, SIDE, true);

        actual.assertAgreesWith(DoublePass.of(new EdgeByEdge(space, SHAPE, 3), weights, SIDE, false));
        for (Primitive added : List.of(AddedOperations.CONV_1X1, AddedOperations.SCALED_SKIP)) {
            int column = space.candidates().indexOf(added);
            assertThat(IntStream.range(0, 2 * space.edgeCount())
                            .mapToDouble(row -> actual.alphaGradient()[row * space.candidateCount() + column]))
                    .as("gradient of the alphas of %s", added)
                    .doesNotContain(0.0);
        }
    }

    @Test
    void shouldBeDerivedAndReadAgain() {
        Genotype derived = derived();

        assertThat(derived.normal().genes()).extracting(Gene::op).containsOnly(AddedOperations.CONV_1X1);
        assertThat(derived.reduce().genes()).extracting(Gene::op).containsOnly(AddedOperations.SCALED_SKIP);
        assertThat(derived.toString()).contains("('conv_1x1', 0)");
        assertThat(Architecture.parse(derived.toString())).isEqualTo(derived);
        assertThat(Architecture.parse(derived.canonical().toString()).hash()).isEqualTo(derived.hash());
        assertThat(derived.distance(derived)).isZero();
    }

    @Test
    void shouldBeCountedAsItIsBuilt() {
        assertThat(NetworkCost.of(Stem.CIFAR, derived(), SHAPE, ImageSize.square(SIDE))
                        .parameters())
                .isEqualTo(network().weights().size());
        assertThat(SupernetCost.of(SPACE, SHAPE, ImageSize.square(SIDE)).parameters())
                .isEqualTo(new Supernet(SPACE, SHAPE, 3, Grouping.unbounded())
                        .layout()
                        .size());
    }

    @Test
    void shouldBeDrawn() {
        assertThat(derived().text()).isEqualTo("""
                normal cell                                         reduction cell

                c_{k-2} ─ conv_1x1 ────────────┬─▶ 0 ──┐            c_{k-2} ─ channel_scaled_skip ─┬─▶ 0 ──┐
                c_{k-1} ─ conv_1x1 ────────────┘       │            c_{k-1} ─ channel_scaled_skip ─┘       │
                c_{k-2} ─ conv_1x1 ────────────┬─▶ 1 ──┴─▶ c_{k}    c_{k-2} ─ channel_scaled_skip ─┬─▶ 1 ──┴─▶ c_{k}
                c_{k-1} ─ conv_1x1 ────────────┘                    c_{k-1} ─ channel_scaled_skip ─┘
                """);
        assertThat(derived().svg("title", "caption"))
                .contains(">conv_1x1</text>", "lengthAdjust=\"spacingAndGlyphs\">channel_scaled_skip</text>");
    }

    @Test
    void shouldBeRetrained() {
        RandomStreams streams = new RandomStreams(1);
        TrainingPlan plan = new TrainingPlan(2, 4, new CosineSchedule(0.025, 0, 2), 0.9, 3e-4, 5, 0.4, 0.3, 0.1);
        ConvolutionalNetwork network = network();
        try (NDManager scope = Torch.open(Device.cpu());
                Autograd.Mode paused = Autograd.paused()) {
            TrainingState state = TrainingState.fresh(scope, network, plan, streams);
            Map<String, HostTensor> before = network.weights().named("", state.weights.toArray());

            new TrainingStep(network, plan, streams, new ChannelConstants(scope, DataType.FLOAT32))
                    .take(scope, state, noise(streams.stream("images")).on(scope), 1, 0);

            Map<String, HostTensor> after = network.weights().named("", state.weights.toArray());
            assertThat(after.keySet())
                    .filteredOn(name -> name.endsWith("conv.weight") || name.endsWith("scale.weight"))
                    .hasSize(2 * 4 + 2 * 4)
                    .allSatisfy(name -> assertThat(values(after, name))
                            .isNotEqualTo(values(before, name))
                            .doesNotContain(Float.NaN));
        }
    }

    private static float[] values(Map<String, HostTensor> weights, String name) {
        return Objects.requireNonNull(weights.get(name)).floats();
    }

    private static ConvolutionalNetwork network() {
        return ConvolutionalNetwork.of(Stem.CIFAR, derived(), SHAPE, SIDE, false);
    }

    /** Of alphas that prefer the one operation in normal cells and the other in reductions. */
    private static Genotype derived() {
        AlphaLayout layout = AlphaLayout.sharedByKind(SPACE);
        float[] alphas = new float[layout.size()];
        int half = layout.size() / 2;
        for (int row = 0; row < SPACE.edgeCount(); row++) {
            int first = row * SPACE.candidateCount();
            alphas[first + SPACE.candidates().indexOf(AddedOperations.CONV_1X1)] = 1;
            alphas[half + first + SPACE.candidates().indexOf(AddedOperations.SCALED_SKIP)] = 1;
        }
        return new TopTwo(SPACE).genotype(Alphas.of(layout, alphas));
    }

    private static Batch noise(RandomGenerator random) {
        float[] images = new float[3 * 3 * SIDE * SIDE];
        for (int i = 0; i < images.length; i++) {
            images[i] = (float) random.nextGaussian();
        }
        long[] labels = new long[3];
        Arrays.setAll(labels, i -> i);
        return new Batch(images, labels, 3, SIDE, SIDE);
    }
}
