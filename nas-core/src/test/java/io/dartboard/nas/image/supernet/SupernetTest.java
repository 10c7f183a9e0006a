package io.dartboard.nas.image.supernet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.alpha.AlphaSharing;
import io.dartboard.nas.alpha.EdgeForm;
import io.dartboard.nas.bilevel.Mixing;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.nas.tensor.DeviceRelaxation;
import io.dartboard.nas.tensor.HostTensor;
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
