package io.dartboard.nas.image.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HeldOutScoreTest {

    @Test
    void shouldCountFirstAndAmongTheFirstFive() {
        HeldOutScore score = new HeldOutScore();

        score.add(new float[] {9, 8, 7, 6, 5, 4, 9, 8, 7, 6, 5, 4}, new long[] {0, 4});
        score.add(new float[] {9, 8, 7, 6, 5, 4}, new long[] {5});

        assertThat(score.accuracy()).isCloseTo(1 / 3.0, within(1e-12));
        assertThat(score.top5()).isCloseTo(2 / 3.0, within(1e-12));
    }

    @Test
    void shouldGiveTheMeanCrossEntropy() {
        HeldOutScore score = new HeldOutScore();

        score.add(new float[] {0, 0, 1000, 0}, new long[] {1});
        score.add(new float[] {0, 0, 0, 0}, new long[] {3});

        assertThat(score.loss()).isCloseTo((1000 + Math.log(4)) / 2, within(1e-9));
    }

    @Test
    void shouldBreakTiesByTheLowerIndexAndNeverCreditNotANumber() {
        HeldOutScore ties = new HeldOutScore();
        ties.add(new float[] {1, 1, 1, 1}, new long[] {0});
        ties.add(new float[] {1, 1, 1, 1}, new long[] {1});
        HeldOutScore broken = new HeldOutScore();
        broken.add(new float[] {Float.NaN, Float.NaN, Float.NaN, Float.NaN, Float.NaN, Float.NaN}, new long[] {2});

        assertThat(ties.accuracy()).isEqualTo(0.5);
        assertThat(broken.accuracy()).isZero();
        assertThat(broken.top5()).isZero();
    }
}
