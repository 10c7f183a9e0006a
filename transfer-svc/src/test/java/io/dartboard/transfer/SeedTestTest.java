package io.dartboard.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dartboard.transfer.SeedTest.Finding;
import io.dartboard.transfer.SeedTest.Kind;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SeedTestTest {
    private final SeedTest test = new SeedTest(0.05);

    @Test
    void shouldTestFewSeedsByWelch() {
        // Means 20 and 24, variances 1 and 4: t = -4 / sqrt(5/3), f = (5/3)² / ((1/9 + 16/9) / 2) = 50/17
        var result = test.compare(figures(0, 19, 20, 21), figures(0, 22, 24, 26));
        assertThat(result.kind()).isEqualTo(Kind.WELCH);
        assertThat(result.statistic()).isCloseTo(-4 / Math.sqrt(5 / 3.0), within(1e-12));
        assertThat(result.degrees()).isCloseTo(50 / 17.0, within(1e-12));
        assertThat(result.pValue()).isBetween(0.02, 0.03);
        assertThat(result.finding()).isEqualTo(Finding.BETTER);
        assertThat(result.seedsToDecide()).isEmpty();
    }

    @Test
    void shouldTestThePairsOfFiveSeedsAndMore() {
        // Differences -1, -2, -3, -2, -2: mean -2, deviation sqrt(1/2), t = -2 / sqrt(1/10)
        var cell = figures(0, 20, 25, 30, 22, 28);
        var other = figures(0, 21, 27, 33, 24, 30);
        var result = test.compare(cell, other);
        assertThat(result.kind()).isEqualTo(Kind.PAIRED);
        assertThat(result.statistic()).isCloseTo(-2 / Math.sqrt(0.1), within(1e-12));
        assertThat(result.degrees()).isEqualTo(4);
        assertThat(result.finding()).isEqualTo(Finding.BETTER);
        assertThat(test.compare(other, cell).finding()).isEqualTo(Finding.WORSE);
    }

    @Test
    void shouldNotPairOtherSeeds() {
        var result = test.compare(figures(0, 20, 25, 30, 22, 28), figures(1, 21, 27, 33, 24, 30));
        assertThat(result.kind()).isEqualTo(Kind.WELCH);
        assertThat(result.finding()).isEqualTo(Finding.UNTOLD);
        // n >= (t(0.95, f) + t(0.8, f))² (17.0 + 22.5) / 2², f = (n - 1) 39.5² / (17² + 22.5²), by another program
        assertThat(result.seedsToDecide()).hasValue(62);
    }

    @Test
    void shouldFindNothingByOneSeedAndSayThatFiveFindTwoDeviations() {
        var result = test.compare(figures(0, 1), figures(0, 90));
        assertThat(result.finding()).isEqualTo(Finding.UNTOLD);
        assertThat(result.kind()).isEqualTo(Kind.NONE);
        assertThat(result.seedsToDecide()).hasValue(5);
    }

    @Test
    void shouldFindNothingWhereTheSeedsDoNotDiffer() {
        assertThat(test.compare(figures(0, 20, 20), figures(0, 30, 30)).finding())
                .isEqualTo(Finding.UNTOLD);
        // All pairs differ by 0.1, up to the last bit
        var result = test.compare(figures(0, 0.1, 0.2, 0.3, 0.4, 0.5), figures(0, 0.2, 0.3, 0.4, 0.5, 0.6));
        assertThat(result.finding()).isEqualTo(Finding.UNTOLD);
        assertThat(result.kind()).isEqualTo(Kind.NONE);
    }

    @Test
    void shouldAskForNoNumberOfSeedsWhereTheCellsDoNotDiffer() {
        var result = test.compare(figures(0, 20, 22, 24), figures(0, 20, 22, 24));
        assertThat(result.finding()).isEqualTo(Finding.UNTOLD);
        assertThat(result.seedsToDecide()).isEmpty();
    }

    @Test
    void shouldNotTellOfSeedsThatNobodyWouldSpend() {
        assertThat(test.compare(figures(0, 20, 22, 24), figures(1, 20.1, 22.1, 24.2))
                        .seedsToDecide())
                .isEmpty();
    }

    @Test
    void shouldRefuseALevelThatIsNone() {
        assertThatThrownBy(() -> new SeedTest(0.5)).hasMessageContaining("dartboard.verdict.level");
        assertThatThrownBy(() -> new SeedTest(0)).hasMessageContaining("between 0 and 0.5");
        assertThatThrownBy(() -> test.compare(figures(0), figures(0))).hasMessageContaining("without a score");
        assertThatThrownBy(() -> new SeedFigures(List.of(1L), List.of())).hasMessageContaining("one score");
    }

    private static SeedFigures figures(long first, double... scores) {
        return new SeedFigures(
                LongStream.range(first, first + scores.length).boxed().toList(),
                DoubleStream.of(scores).boxed().toList());
    }
}
