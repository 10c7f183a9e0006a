package io.dartboard.nas.image.supernet;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.nas.genotype.Architecture;
import io.dartboard.nas.searchspace.CellShape;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.nas.searchspace.Primitive;
import io.dartboard.nas.tensor.HostTensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The operations of later spaces, many edges at once, against each edge by itself. */
class LaterOperationsTest {
    private static final int SIDE = 8;
    private static final NetworkShape SHAPE = new NetworkShape(4, 4, 3);
    private static final CnnSpace SPACE = new CnnSpace(
            "full-convolutions",
            List.of(
                    Primitive.NONE,
                    Primitive.SKIP_CONNECT,
                    Primitive.of("nor_conv_1x1"),
                    Primitive.of("nor_conv_3x3"),
                    Primitive.AVG_POOL_3X3),
            new CellShape(2, 2));

    private static final CnnSpace KNOWN =
            new CnnSpace("known-networks", Primitive.OF_KNOWN_NETWORKS, new CellShape(2, 2));

    static List<CnnSpace> spaces() {
        return List.of(SPACE, KNOWN);
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void shouldConvolveAllEdgesAsEachByItself(CnnSpace space) {
        Supernet supernet = new Supernet(space, SHAPE, 3, Grouping.unbounded());
        Map<String, HostTensor> weights = DoublePass.weights(supernet);

        DoublePass.of(supernet, weights, SIDE, true)
                .assertAgreesWith(DoublePass.of(new EdgeByEdge(space, SHAPE, 3), weights, SIDE, false));
    }

    @Test
    void shouldBeReadInACellThatOthersHaveFound() {
        String text = "Genotype(normal=[('nor_conv_3x3', 0), ('nor_conv_1x1', 1)], normal_concat=range(2, 3),"
                + " reduce=[('nor_conv_3x3', 0), ('skip_connect', 1)], reduce_concat=range(2, 3))";
        assertThat(Architecture.parse(text).text()).contains("nor_conv_3x3", "nor_conv_1x1");
    }
}
