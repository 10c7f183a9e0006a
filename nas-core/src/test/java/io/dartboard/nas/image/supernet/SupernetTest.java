package io.dartboard.nas.image.supernet;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.bilevel.Mixing;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.nas.tensor.DeviceRelaxation;
import io.dartboard.nas.tensor.HostTensor;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @Test
    void shouldHaveThePublishedNumberOfWeights() {
        assertThat(new Supernet(CnnSpace.DARTS, new NetworkShape(16, 8, 10), 3, Grouping.unbounded())
                        .layout()
                        .size())
                .isEqualTo(1_930_618);
    }
}
