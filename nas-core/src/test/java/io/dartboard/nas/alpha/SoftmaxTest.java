package io.dartboard.nas.alpha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SoftmaxTest {
    private final Softmax softmax = new Softmax();

    @Test
    void shouldGiveOddsThatAreExponentialsOfDifferences() {
        double[] weights = softmax.weights(new float[] {0, 1, 3});
        assertThat(Arrays.stream(weights).sum()).isEqualTo(1, within(1e-15));
        assertThat(weights[1] / weights[0]).isEqualTo(Math.E, within(1e-12));
        assertThat(weights[2] / weights[1]).isEqualTo(Math.exp(2), within(1e-12));
    }

    @Test
    void shouldNotChangeWhenAConstantIsAdded() {
        double[] weights = softmax.weights(new float[] {0.5f, -1, 2});
        assertThat(softmax.weights(new float[] {64.5f, 63, 66})).containsExactly(weights, within(1e-15));
    }

    @Test
    void shouldStayFiniteForAnyFiniteInput() {
        assertThat(softmax.weights(new float[] {Float.MAX_VALUE, -Float.MAX_VALUE}))
                .containsExactly(1, 0);
    }

    @Test
    void shouldMeasureEntropyInNatsAveragedOverEdges() {
        AlphaMatrix undecided = AlphaMatrix.of(3, 8, new float[24]);
        assertThat(Entropy.of(undecided, softmax)).isEqualTo(Math.log(8), within(1e-12));

        AlphaMatrix half = AlphaMatrix.of(2, 2, new float[] {0, 0, 500, -500});
        assertThat(Entropy.of(half, softmax)).isEqualTo(Math.log(2) / 2, within(1e-12));

        double p = 1 / (1 + Math.exp(-1));
        AlphaMatrix leaning = AlphaMatrix.of(1, 2, new float[] {1, 0});
        assertThat(Entropy.of(leaning, softmax)).isEqualTo(-p * Math.log(p) - (1 - p) * Math.log(1 - p), within(1e-12));
    }
}
