package io.dartboard.nas.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.nas.guard.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Searches of which the first two epochs warm up. */
class SettledDistanceTest {
    private static final int WARM_UP = 2;
    private static final SettledDistance PUBLISHED = new SettledDistance(1e-3, 4, 5);

    /** The first of five distances that count is that of the sixth epoch that moves the alphas. */
    @Test
    void shouldStopAtTheFifthOfEqualDistancesThatCount() {
        List<Signs> history = new ArrayList<>();
        for (int epoch = 1; epoch < WARM_UP + 5 + 5; epoch++) {
            history.add(at(epoch, 0.1));
            assertThat(PUBLISHED.look(history)).as("epoch %d", epoch).isEmpty();
        }
        history.add(at(WARM_UP + 5 + 5, 0.1));

        assertThat(PUBLISHED.look(history)).hasValueSatisfying(found -> {
            assertThat(found.severity()).isEqualTo(Severity.SETTLED);
            assertThat(found.rule()).isEqualTo("settled-distance");
            assertThat(found.reason())
                    .isEqualTo(
                            "the distance from the network that the search began with is 0.1000 at epoch 12, and was within 0.001 of that for 4 epochs");
        });
    }

    /** Each of the four epochs before is compared with the last one, and not each with the next. */
    @Test
    void shouldCompareTheLastDistanceWithEachOfThoseBefore() {
        SettledDistance early = new SettledDistance(1e-3, 4, 0);

        assertThat(early.look(distances(0.1, 0.1005, 0.1, 0.0995, 0.1))).isPresent();
        assertThat(early.look(distances(0.1, 0.1004, 0.1008, 0.1012, 0.1016))).isEmpty();
        assertThat(early.look(distances(0.5, 0.1, 0.1, 0.1, 0.1, 0.1))).isPresent();
        assertThat(early.look(distances(0.1, 0.1, 0.1, 0.1))).isEmpty();
    }

    @Test
    void shouldSayNothingAtAnEpochWithoutADistanceOrInAWarmUp() {
        SettledDistance early = new SettledDistance(1e-3, 1, 0);
        List<Signs> history = new ArrayList<>(distances(0.1, 0.1));
        assertThat(early.look(history)).isPresent();

        history.add(new Signs(
                9,
                90,
                true,
                "c",
                0,
                0,
                0,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty()));
        assertThat(early.look(history)).isEmpty();
        assertThat(early.look(List.of(at(1, 0.1), at(2, 0.1)))).isEmpty();
        assertThat(StopRule.NEVER.look(history)).isEmpty();
    }

    @Test
    void shouldRefuseWhatIsNoRule() {
        assertThatThrownBy(() -> new SettledDistance(-1, 4, 5)).hasMessageContaining("settledWithin");
        assertThatThrownBy(() -> new SettledDistance(0, 0, 5)).hasMessageContaining("settledEpochs");
        assertThatThrownBy(() -> new SettledDistance(0, 4, -1)).hasMessageContaining("settledAfter");
    }

    /** Of epochs after the warm-up. */
    private static List<Signs> distances(double... distances) {
        List<Signs> history = new ArrayList<>();
        for (double distance : distances) {
            history.add(at(WARM_UP + 1 + history.size(), distance));
        }
        return history;
    }

    private static Signs at(int epoch, double distance) {
        return new Signs(
                epoch,
                10L * epoch,
                epoch > WARM_UP,
                "c" + epoch,
                0,
                0,
                0,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.of(distance));
    }
}
