package io.dartboard.nas.image.network;

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

            NDArray mask = dropPath.next().orElseThrow();

            assertThat(mask.getShape()).isEqualTo(new Shape(images, 1, 1, 1));
            double sum = 0;
            for (float factor : mask.toFloatArray()) {
                assertThat(factor).isIn(0f, (float) (1 / 0.75));
                sum += factor;
            }
            assertThat(sum / images).isCloseTo(1, within(0.04));
        }
    }

    @Test
    void shouldDropDifferentImagesFromDifferentOperands() {
        try (NDManager scope = Torch.open(Device.cpu())) {
            DropPath dropPath = DropPath.draw(scope, STREAMS.stream("drop-path"), 0.5, 2, 50);

            assertThat(dropPath.next().orElseThrow().toFloatArray())
                    .isNotEqualTo(dropPath.next().orElseThrow().toFloatArray());
            assertThatThrownBy(dropPath::next).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void shouldLeaveOperandsAloneAtProbabilityZero() {
        try (NDManager scope = Torch.open(Device.cpu())) {
            assertThat(DropPath.draw(scope, STREAMS.stream("drop-path"), 0, 5, 3)
                            .next())
                    .isEmpty();
        }
    }
}
