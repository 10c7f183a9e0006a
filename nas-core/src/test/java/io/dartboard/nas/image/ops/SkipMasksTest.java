package io.dartboard.nas.image.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.tensor.ChannelConstants;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.Leaves;
import io.dartboard.nas.tensor.Torch;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SkipMasksTest {
    private static final int SIZE = 8 * 4 * 32 * 32;

    private static SkipMasks masks(NDManager scope, int step) {
        return SkipMasks.draw(
                scope, new RandomStreams(1).stream("skip-dropout", 0, step), 0.7, 3, SIZE, DataType.FLOAT32);
    }

    private static float[] dropped(NDManager scope, Optional<SkipMasks> masks, int edge) {
        NDArray state = scope.ones(new Shape(8, 4, 32, 32));
        Pass pass = Pass.search(Leaves.none(), new ChannelConstants(scope, DataType.FLOAT32), masks);
        return Copy.toHost(new SkipDropout(edge).apply(state, pass).reshape(SIZE));
    }

    @Test
    void shouldDropAShareAndKeepTheMean() {
        try (NDManager scope = Torch.open(Device.cpu())) {
            float[] values = dropped(scope, Optional.of(masks(scope, 0)), 1);

            double sum = 0;
            int zeros = 0;
            for (float value : values) {
                sum += value;
                zeros += value == 0 ? 1 : 0;
                assertThat(value).isIn(0f, (float) (1 / 0.3));
            }
            // Five standard errors of a share of 0.7 of 32,768 values.
            assertThat((double) zeros / SIZE).isEqualTo(0.7, within(0.013));
            assertThat(sum / SIZE).isEqualTo(1, within(0.042));
        }
    }

    /** What two edges keep both is what chance gives: 0.3 of 0.3. */
    @Test
    void shouldDropAnotherPartOnEveryEdgeAndInEveryStepAndTheSameWhenAskedAgain() {
        try (NDManager scope = Torch.open(Device.cpu())) {
            float[] one = dropped(scope, Optional.of(masks(scope, 0)), 0);

            assertThat(dropped(scope, Optional.of(masks(scope, 0)), 0)).isEqualTo(one);
            for (float[] other : new float[][] {
                dropped(scope, Optional.of(masks(scope, 0)), 2), dropped(scope, Optional.of(masks(scope, 1)), 0)
            }) {
                int both = 0;
                for (int i = 0; i < SIZE; i++) {
                    both += one[i] > 0 && other[i] > 0 ? 1 : 0;
                }
                assertThat((double) both / SIZE).isEqualTo(0.09, within(0.01));
            }
        }
    }

    @Test
    void shouldBeTheIdentityWhereNothingIsDropped() {
        try (NDManager scope = Torch.open(Device.cpu())) {
            assertThat(dropped(scope, Optional.empty(), 0)).containsOnly(1f);
        }
    }

    @Test
    void shouldTakeSmallerStatesFromThePlaceOfTheirEdge() {
        try (NDManager scope = Torch.open(Device.cpu())) {
            SkipMasks masks = masks(scope, 0);
            float[] whole = Copy.toHost(masks.values());
            NDArray state = scope.ones(new Shape(2, 2, 3, 1));

            float[] rows = Copy.toHost(
                    masks.drop(state, 2).transpose(0, 2, 3, 1).duplicate().reshape(12));

            for (int i = 0; i < 12; i++) {
                assertThat(rows[i]).isEqualTo(whole[masks.starts().get(2) + i]);
            }
        }
    }
}
