package io.dartboard.nas.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.tensor.Torch;
import org.junit.jupiter.api.Test;

class DropPathTest {

    private static final RandomStreams STREAMS = new RandomStreams(1);

    @Test
    void shouldDropWholeImagesAndKeepTheMean() {
        try (NDManager scope = Torch.open(Device.cpu())) {
            int images = 4000;
            DropPath dropPath = DropPath.draw(scope, STREAMS.stream("drop-path"), 0.25, 1, images);

            float[] dropped =
                    dropPath.apply(scope.ones(new Shape(images, 2, 1, 1))).toFloatArray();

            double sum = 0;
            for (int n = 0; n < images; n++) {
                assertThat(dropped[2 * n]).isEqualTo(dropped[2 * n + 1]).isIn(0f, (float) (1 / 0.75));
                sum += dropped[2 * n];
            }
            assertThat(sum / images).isCloseTo(1, within(0.04));
        }
    }

    @Test
    void shouldDropDifferentImagesFromDifferentOperands() {
        try (NDManager scope = Torch.open(Device.cpu())) {
            DropPath dropPath = DropPath.draw(scope, STREAMS.stream("drop-path"), 0.5, 2, 50);
            NDArray ones = scope.ones(new Shape(50, 1, 1, 1));

            assertThat(dropPath.apply(ones).toFloatArray())
                    .isNotEqualTo(dropPath.apply(ones).toFloatArray());
            assertThatThrownBy(() -> dropPath.apply(ones)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void shouldLeaveOperandsAloneAtProbabilityZero() {
        try (NDManager scope = Torch.open(Device.cpu())) {
            NDArray ones = scope.ones(new Shape(3, 1, 1, 1));

            assertThat(DropPath.draw(scope, STREAMS.stream("drop-path"), 0, 5, 3)
                            .apply(ones))
                    .isSameAs(ones);
        }
    }
}
