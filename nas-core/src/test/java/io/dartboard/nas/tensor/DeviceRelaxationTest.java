package io.dartboard.nas.tensor;

import static io.dartboard.nas.tensor.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.alpha.Relaxation;
import io.dartboard.nas.bilevel.SearchMethod;
import io.dartboard.nas.image.search.ImageSearch;
import io.dartboard.nas.text.search.TextSearch;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeviceRelaxationTest {
    static Stream<DeviceRelaxation> relaxations() {
        return Stream.concat(
                        Stream.of(DeviceRelaxation.SIGMOID),
                        Stream.concat(ImageSearch.METHODS.stream(), TextSearch.METHODS.stream())
                                .map(SearchMethod::relaxation))
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("relaxations")
    void shouldBeOneFunctionOnTheHeapAndOnTheDevice(DeviceRelaxation relaxation) {
        float[] alphas = {0.5f, -1, 2, 3, 3, -20};
        try (NDManager scope = Torch.open(Device.cpu())) {
            NDArray weights = relaxation.weights(Copy.toDevice(scope, alphas, new Shape(2, 3)));

            for (int edge = 0; edge < 2; edge++) {
                double[] expected = relaxation.weights(Arrays.copyOfRange(alphas, 3 * edge, 3 * edge + 3));
                float[] rounded = new float[] {(float) expected[0], (float) expected[1], (float) expected[2]};
                assertClose("edge " + edge, Copy.toHost(weights.get(edge)), rounded, 1e-7, 1e-6);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("relaxations")
    void shouldBeKnownByItsNameToWhoeverReadsTheAlphas(DeviceRelaxation relaxation) {
        float[] alphas = {0.5f, -1, 2};

        assertThat(Relaxation.of(relaxation.id()).weights(alphas)).containsExactly(relaxation.weights(alphas));
    }
}
