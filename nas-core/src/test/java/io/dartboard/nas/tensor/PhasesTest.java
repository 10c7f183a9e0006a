package io.dartboard.nas.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PhasesTest {
    private static final Shape IMAGES = new Shape(2, 3, 4, 6);

    @Test
    void shouldTakeEverySecondRowAndColumn() {
        try (NDManager scope = Torch.open(Device.cpu())) {
            float[] phases = Copy.toHost(Phases.split(images(scope)));

            assertThat(phases).hasSize(2 * 3 * 4 * 6);
            // Odd rows, even columns are phase 2 of 4; there the second image's first channel begins at row 1, column
            // 0.
            int secondImage = (2 * 2 + 1) * 3 * 2 * 3;
            assertThat(phases[secondImage]).isEqualTo(3 * 4 * 6 + 6);
            assertThat(phases[secondImage + 1]).isEqualTo(3 * 4 * 6 + 6 + 2);
        }
    }

    @Test
    void shouldJoinWhatWasSplit() {
        try (NDManager scope = Torch.open(Device.cpu())) {
            NDArray images = images(scope);

            NDArray joined = Phases.join(Phases.split(images));

            assertThat(joined.getShape()).isEqualTo(IMAGES);
            assertThat(Copy.toHost(joined)).containsExactly(Copy.toHost(images));
        }
    }

    @Test
    void shouldSplitImagesOfEvenSidesOnly() {
        assertThat(Phases.split(IMAGES)).isTrue();
        assertThat(Phases.split(new Shape(2, 3, 7, 6))).isFalse();
        assertThat(Phases.split(new Shape(2, 3, 6, 7))).isFalse();
    }

    private static NDArray images(NDManager scope) {
        float[] values = new float[(int) IMAGES.size()];
        IntStream.range(0, values.length).forEach(i -> values[i] = i);
        return Copy.toDevice(scope, values, IMAGES);
    }
}
