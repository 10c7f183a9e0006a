package io.dartboard.nas.image.supernet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.alpha.AlphaSharing;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.alpha.EdgeForm;
import io.dartboard.nas.alpha.KeptCandidates;
import io.dartboard.nas.alpha.Softmax;
import io.dartboard.nas.bilevel.Mixing;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.DeviceRelaxation;
import io.dartboard.nas.tensor.HostTensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SupernetTest {
    private static final NetworkShape SHAPE = new NetworkShape(2, 4, 3);

    // Of images of 12 by 12 the last cells have 3 by 3 pixels, which have no phases of one size.
    @ParameterizedTest
    @CsvSource({"8, 1", "8, 3", "8, 100", "12, 100"})
    void shouldAgreeWithThePaperComputedEdgeByEdge(int side, int widest) {
        int bytesOfAnEdge = 4 * SHAPE.channels() * 3 * side * side;
        Grouping grouping = new Grouping((long) widest * bytesOfAnEdge, 3L * side * side);
        Supernet supernet = new Supernet(CnnSpace.DARTS, SHAPE, 3, grouping);
        EdgeByEdge oracle = new EdgeByEdge(CnnSpace.DARTS, SHAPE, 3);
        Map<String, HostTensor> weights = DoublePass.weights(supernet);

        DoublePass.of(supernet, weights, side, true).assertAgreesWith(DoublePass.of(oracle, weights, side, false));
    }

    @Test
    void shouldMixByTheWeightsItIsGiven() {
        Supernet supernet = new Supernet(CnnSpace.DARTS, SHAPE, 3, Grouping.unbounded());
        EdgeByEdge oracle = new EdgeByEdge(CnnSpace.DARTS, SHAPE, 3);
        AlphaLayout alphas = AlphaLayout.sharedByKind(CnnSpace.DARTS);
        Mixing sigmoids = Mixing.of(DeviceRelaxation.SIGMOID);
        Map<String, HostTensor> weights = DoublePass.weights(supernet);

        DoublePass actual = DoublePass.of(supernet, alphas, sigmoids, weights, 8, true);

        actual.assertAgreesWith(DoublePass.of(oracle, alphas, sigmoids, weights, 8, false));
        assertThat(DoublePass.of(supernet, weights, 8, true).logits()).isNotEqualTo(actual.logits());
    }

    static Stream<EdgeForm> forms() {
        return Stream.of(
                new EdgeForm.AuxiliarySkip(0.7), new EdgeForm.PartialChannels(2), new EdgeForm.PartialChannels(4));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void shouldComputeBesideTheMixtureWhatThePapersDoEdgeByEdge(EdgeForm form) {
        NetworkShape shape = new NetworkShape(4, 4, 3);
        AlphaLayout alphas = form.alphas(AlphaLayout.sharedByKind(CnnSpace.DARTS));
        Mixing mixing = new Mixing(Mixing.SOFTMAX.relaxation(), form.auxiliary(0.25));
        Supernet supernet = new Supernet(CnnSpace.DARTS, shape, 3, Grouping.unbounded(), AlphaSharing.BY_KIND, form);
        EdgeByEdge oracle = new EdgeByEdge(CnnSpace.DARTS, shape, 3, form);
        Map<String, HostTensor> weights = DoublePass.weights(supernet);

        DoublePass.of(supernet, alphas, mixing, weights, 8, true)
                .assertAgreesWith(DoublePass.of(oracle, alphas, mixing, weights, 8, false));
    }

    /** What is dropped is not there, and the rest is the whole supernet's at mixing weights of 0 for it. */
    @ParameterizedTest
    @CsvSource({"1", "3", "100"})
    void shouldComputeAloneWhatItsEdgesHaveLeft(int widest) {
        AlphaLayout alphas = AlphaLayout.sharedByKind(CnnSpace.DARTS);
        KeptCandidates kept =
                KeptCandidates.strongest(Alphas.initial(alphas, new RandomStreams(4).stream("kept")), new Softmax(), 3);
        Mixing dropping = Mixing.of(new Dropping(kept));
        Grouping grouping = new Grouping((long) widest * 4 * SHAPE.channels() * 3 * 64, 3L * 64);
        Supernet whole = new Supernet(CnnSpace.DARTS, SHAPE, 3, grouping);
        Supernet staged = new Supernet(
                CnnSpace.DARTS, SHAPE, 3, grouping, AlphaSharing.BY_KIND, EdgeForm.FULL, new SupernetStage(kept, true));
        Map<String, HostTensor> weights = DoublePass.weights(whole);
        DoublePass expected = DoublePass.of(whole, alphas, dropping, weights, 8, true);

        DoublePass actual = DoublePass.of(staged, alphas, dropping, weights, 8, true);

        List<String> left = staged.layout().named("", new float[staged.layout().size()]).keySet().stream()
                .toList();
        assertThat(left).hasSizeLessThan(weights.size() / 2);
        assertThat(weights.keySet()).containsAll(left);
        Map<String, HostTensor> gradients = new HashMap<>(expected.weightGradients());
        gradients.keySet().retainAll(left);
        actual.assertAgreesWith(new DoublePass(expected.logits(), gradients, expected.alphaGradient()));
        Map<String, HostTensor> dropped = new HashMap<>(expected.weightGradients());
        dropped.keySet().removeAll(left);
        assertThat(dropped.values())
                .allSatisfy(each -> assertThat(each.floats()).containsOnly(0f));
    }

    /** A softmax over what is kept. */
    private record Dropping(KeptCandidates kept) implements DeviceRelaxation {
        @Override
        public String id() {
            return "dropping";
        }

        @Override
        public double[] weights(float[] alphas) {
            throw new UnsupportedOperationException("on a device alone");
        }

        @Override
        public NDArray weights(NDArray alphas) {
            AlphaLayout layout = AlphaLayout.sharedByKind(CnnSpace.DARTS);
            float[] mask =
                    kept.over(Alphas.of(layout, new float[layout.size()])).toArray();
            NDArray masks = Copy.toDevice(alphas.getManager(), mask, new Shape(mask.length))
                    .toType(alphas.getDataType(), false)
                    .reshape(alphas.getShape());
            return DeviceRelaxation.SOFTMAX.weights(alphas.add(masks));
        }

        @Override
        public boolean competes() {
            return true;
        }
    }

    @Test
    void shouldLetTheAuxiliarySkipFadeWithTheEpochs() {
        EdgeForm form = new EdgeForm.AuxiliarySkip(0.8);

        assertThat(form.auxiliary(0)).hasValue(0.8);
        assertThat(form.auxiliary(0.5)).hasValue(0.4);
        assertThat(EdgeForm.FULL.auxiliary(0.5)).isEmpty();
    }

    @Test
    void shouldRefuseChannelsThatCannotBeCut() {
        assertThatThrownBy(() -> new Supernet(
                        CnnSpace.DARTS,
                        new NetworkShape(6, 4, 3),
                        3,
                        Grouping.unbounded(),
                        AlphaSharing.BY_KIND,
                        new EdgeForm.PartialChannels(4)))
                .hasMessage("channels must be a multiple of 4, the parts that partialChannels cuts them into (was 6)");
        assertThatThrownBy(() -> new EdgeForm.PartialChannels(1))
                .hasMessageStartingWith("partialChannels must be at least 2");
        assertThatThrownBy(() -> new EdgeForm.AuxiliarySkip(0)).hasMessage("auxiliarySkip must be positive (was 0.0)");
    }

    @Test
    void shouldHaveThePublishedNumberOfWeights() {
        assertThat(new Supernet(CnnSpace.DARTS, new NetworkShape(16, 8, 10), 3, Grouping.unbounded())
                        .layout()
                        .size())
                .isEqualTo(1_930_618);
    }
}
