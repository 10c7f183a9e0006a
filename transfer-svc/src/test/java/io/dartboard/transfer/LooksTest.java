package io.dartboard.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dartboard.transfer.SeedTest.Finding;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LooksTest {
    private static final double LEVEL = 0.05;

    @ParameterizedTest
    @CsvSource({
        "3, 0, 3",
        "3, 9, 3 6 12",
        "3, 2, 3 5",
        "3, 1, 3 4",
        "5, 5, 5 10",
        "5, 15, 5 10 20",
        "1, 4, 1 2 5",
        "10, 90, 10 22 46 100"
    })
    void shouldGrowByAboutTheSameFactor(int seeds, int budget, String sizes) {
        assertThat(Looks.of(seeds, budget, LEVEL).sizes())
                .isEqualTo(Arrays.stream(sizes.split(" ")).map(Integer::valueOf).toList());
    }

    @Test
    void shouldSpendTheLevelBySquaresOfTheShareOfSeeds() {
        // (1/4)², (1/2)² - (1/4)², 1 - (1/2)²
        var levels = Looks.of(3, 9, LEVEL).levels();
        assertThat(levels.get(0)).isCloseTo(0.05 / 16, within(1e-15));
        assertThat(levels.get(1)).isCloseTo(0.05 * 3 / 16, within(1e-15));
        assertThat(levels.get(2)).isCloseTo(0.05 * 3 / 4, within(1e-15));
        assertThat(Looks.of(4, 7, 0.01).levels().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum())
                .isCloseTo(0.01, within(1e-15));
    }

    @Test
    void shouldLookOnceAtTheWholeLevelWhereNothingMayBeAdded() {
        assertThat(Looks.of(3, 0, LEVEL).levels()).containsExactly(LEVEL);
    }

    @Test
    void shouldLetStandWhatAnEarlierLookHasFound() {
        // Found with three seeds, and with six, of which the later three contradict, not to be told
        var cell = figures(10.0, 10.1, 10.2, 30, 20, 10);
        var other = figures(20.0, 20.1, 20.2, 10, 20, 30);
        var looks = Looks.of(3, 3, LEVEL);

        var look = looks.compare(cell, other);

        assertThat(look.result().finding()).isEqualTo(Finding.BETTER);
        assertThat(look.seeds()).isEqualTo(3);
        assertThat(look.result().level()).isEqualTo(looks.levels().get(0));
        assertThat(new SeedTest(LEVEL).compare(cell, other).finding()).isEqualTo(Finding.UNTOLD);
    }

    @Test
    void shouldCompareByTheSeedsThatBothHave() {
        var look = Looks.of(3, 3, LEVEL).compare(figures(10, 11, 12, 13, 14, 15), figures(10.5, 11.5, 12.5));
        assertThat(look.seeds()).isEqualTo(3);
        assertThat(look.result().finding()).isEqualTo(Finding.UNTOLD);
    }

    @Test
    void shouldNotBeWorthASeedWhereNoNumberOfSeedsWouldFindTheDifference() {
        var looks = Looks.of(3, 3, LEVEL);
        assertThat(looks.isWorthMore(figures(10, 12, 14), figures(10.01, 14.01, 12.01)))
                .isFalse();
        assertThat(looks.isWorthMore(figures(10, 12, 14), figures(13, 15, 16))).isTrue();
    }

    @Test
    void shouldSayWhichLookIsNext() {
        var looks = Looks.of(3, 9, LEVEL);
        assertThat(looks.after(3)).hasValue(6);
        assertThat(looks.after(6)).hasValue(12);
        assertThat(looks.after(12)).isEmpty();
        assertThat(looks).hasToString("looks at 3, 6, 12 seeds at levels 0.0031, 0.0094, 0.0375");
    }

    private static SeedFigures figures(double... scores) {
        List<Double> each = DoubleStream.of(scores).boxed().toList();
        return new SeedFigures(LongStream.range(0, scores.length).boxed().toList(), each);
    }
}
