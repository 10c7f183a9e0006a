package io.dartboard.nas.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.nas.bilevel.SearchMethods;
import io.dartboard.nas.image.search.SearchConfig;
import io.dartboard.nas.searchspace.CnnSpace;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class WarmUpTest {
    private static final Offset<Double> EXACTLY = Offset.offset(1e-12);

    @Test
    void shouldRiseByEqualPartsOfTheScheduleAndThenFollowIt() {
        Schedule warm = new WarmUp(5, new StepSchedule(0.5, 0.97));
        double[] rates = IntStream.range(0, 8).mapToDouble(warm::at).toArray();
        assertThat(rates)
                .containsExactly(
                        new double[] {
                            0.1,
                            0.5 * 0.97 * 2 / 5,
                            0.5 * 0.97 * 0.97 * 3 / 5,
                            0.5 * 0.912673 * 4 / 5,
                            0.5 * 0.88529281,
                            0.5 * 0.8587340257,
                            0.5 * 0.832972004929,
                            0.5 * 0.80798284478113
                        },
                        EXACTLY);
    }

    @Test
    void shouldLeaveAScheduleAloneThatIsNotWarmedUp() {
        Schedule schedule =
                SearchConfig.paperCifar10().schedule(SearchMethods.DARTS_FIRST_ORDER.projection(CnnSpace.DARTS, 50));
        assertThat(schedule.at(0)).isEqualTo(0.025);
        assertThat(schedule.at(25)).isEqualTo(new CosineSchedule(0.025, 0.001, 50).at(25));
    }

    @Test
    void shouldRefuseToWarmUpToTheEnd() {
        WarmUp.require("learningRateWarmup", 0, 1);
        WarmUp.require("learningRateWarmup", 4, 5);
        assertThatThrownBy(() -> WarmUp.require("learningRateWarmup", 5, 5))
                .hasMessage(
                        "learningRateWarmup must be 0 or more and below epochs 5, so that some train at the full rate"
                                + " (was 5)");
        assertThatThrownBy(() -> WarmUp.require("learningRateWarmup", -1, 5)).hasMessageContaining("(was -1)");
    }
}
