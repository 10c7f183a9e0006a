package io.dartboard.nas.text.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.Mask;
import io.dartboard.nas.tensor.Torch;
import org.junit.jupiter.api.Test;

class MasksTest {
    @Test
    void shouldDropTheShareAndKeepTheMean() {
        float[] values = Mask.draw(new RandomStreams(1).stream("mask"), 0.75, 100_000);

        double sum = 0;
        for (float value : values) {
            assertThat(value).isIn(0f, 4f);
            sum += value;
        }
        assertThat(sum / values.length).isCloseTo(1, within(0.03));
    }

    @Test
    void shouldDropAWordWhereverItStandsAndDrawOtherMasksPerColumn() {
        try (NDManager scope = Torch.open(Device.cpu())) {
            long[] words = {0, 1, 2, 3, 2, 1, 0, 3, 0, 0, 1, 2};
            Masks masks = Masks.draw(
                    scope,
                    new RandomStreams(2).stream("masks"),
                    new Dropouts(0.5, 0.2, 0, 0.3, 0.4),
                    words,
                    3,
                    4,
                    7,
                    DataType.FLOAT32);
            float[] byPlace = Copy.toHost(masks.words().apply(scope.ones(new Shape(4, 3, 1))));
            for (int i = 0; i < words.length; i++) {
                for (int j = 0; j < words.length; j++) {
                    if (words[i] == words[j]) {
                        assertThat(byPlace[i]).isEqualTo(byPlace[j]);
                    }
                }
            }
            assertThat(byPlace).contains(0f).contains(2f);
            assertThat(masks.cellInputs()).isEqualTo(Mask.none());
            assertThat(masks.hidden().apply(scope.ones(new Shape(3, 7))).getShape())
                    .isEqualTo(new Shape(3, 7));
        }
    }

    @Test
    void shouldRefuseAShareThatLeavesNothing() {
        assertThatThrownBy(() -> new Dropouts(0, 0, 0, 1, 0))
                .hasMessage("dropoutHidden must be at least 0 and below 1 (was 1.0)");
    }
}
