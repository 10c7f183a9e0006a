package io.dartboard.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.transfer.SeedTest.Finding;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How often a verdict errs, counted over draws of scores with equal deviations. */
class VerdictSimulationTest {
    private static final int DRAWS = 20_000;
    /** Where several looks are taken at each. */
    private static final int FEWER_DRAWS = 5_000;

    private static final double LEVEL = 0.05;
    /** Three standard errors of a share of 5 % over all draws. */
    private static final double CHANCE = 3 * Math.sqrt(LEVEL * (1 - LEVEL) / DRAWS);

    /** The first of seeds that the other cell does not have. */
    private static final long OTHERS = 1_000;

    private final SplittableRandom random = new SplittableRandom(1);

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8, 9, 10})
    void shouldFindOneOfTwoEqualCellsBetterNoMoreOftenThanTheLevel(int seeds) {
        assertThat(found(seeds, 0, 0, Finding.BETTER)).isLessThanOrEqualTo(LEVEL + CHANCE);
        assertThat(found(seeds, 0, 0, Finding.WORSE)).isLessThanOrEqualTo(LEVEL + CHANCE);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 10})
    void shouldNotErrMoreOftenWhereTheSameSeedsGiveLikeScores(int seeds) {
        assertThat(found(seeds, 0, 0.8, Finding.BETTER)).isLessThanOrEqualTo(LEVEL + CHANCE);
    }

    @ParameterizedTest
    @CsvSource({"5, 0.8", "6, 0.88", "10, 0.98"})
    void shouldFindADifferenceOfTwoDeviations(int seeds, double power) {
        assertThat(found(seeds, 2, 0, Finding.BETTER)).isGreaterThanOrEqualTo(power);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.9})
    void shouldFindMoreWhereTheSameSeedsGiveLikeScores(double correlation) {
        assertThat(found(5, 2, correlation, Finding.BETTER)).isGreaterThan(0.95);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 1.5, 2})
    void shouldNameANumberOfSeedsThatDecides(double difference) {
        // Given two scores that show the true difference and deviation exactly
        var half = Math.sqrt(0.5);
        var cell = figures(OTHERS, DoubleStream.of(-half, half));
        var other = figures(0, DoubleStream.of(difference + half, difference - half));

        var seeds = new SeedTest(LEVEL).compare(cell, other).seedsToDecide().orElseThrow();

        assertThat(found(OTHERS, seeds, difference, 0, Finding.BETTER)).isBetween(0.79, 0.91);
    }

    @ParameterizedTest
    @CsvSource({"3, 2", "3, 9", "5, 5", "5, 15", "2, 6", "1, 7"})
    void shouldFindOneOfTwoEqualCellsBetterNoMoreOftenThanTheLevelThoughSeedsAreAdded(int seeds, int budget) {
        assertThat(foundByLooks(seeds, budget, 0)).isLessThanOrEqualTo(LEVEL + 3 * Math.sqrt(LEVEL / FEWER_DRAWS));
    }

    @ParameterizedTest
    @CsvSource({"5, 0, 0.8", "5, 5, 0.95", "3, 3, 0.8", "3, 9, 0.95"})
    void shouldFindADifferenceOfTwoDeviationsWhereSeedsAreAdded(int seeds, int budget, double power) {
        assertThat(foundByLooks(seeds, budget, 2)).isGreaterThanOrEqualTo(power);
    }

    /** Share of the draws in which the first cell is found better by one of the looks that are taken. */
    private double foundByLooks(int seeds, int budget, double difference) {
        var looks = Looks.of(seeds, budget, LEVEL);
        var count = 0;
        for (var draw = 0; draw < FEWER_DRAWS; draw++) {
            var cell = figures(0, like(new double[seeds + budget], 0, -difference));
            var other = figures(0, like(new double[seeds + budget], 0, 0));
            var size = OptionalInt.of(seeds);
            while (size.isPresent()) {
                var mine = cell.first(size.getAsInt());
                var theirs = other.first(size.getAsInt());
                var look = looks.compare(mine, theirs);
                count += look.result().finding() == Finding.BETTER ? 1 : 0;
                size = look.found() || !looks.isWorthMore(mine, theirs)
                        ? OptionalInt.empty()
                        : looks.after(size.getAsInt());
            }
        }
        return (double) count / FEWER_DRAWS;
    }

    /** Share of the draws in which the first cell, whose mean is lower by so many deviations, is found so. */
    private double found(int seeds, double difference, double correlation, Finding wanted) {
        return found(0, seeds, difference, correlation, wanted);
    }

    private double found(long first, int seeds, double difference, double correlation, Finding wanted) {
        var test = new SeedTest(LEVEL);
        var count = 0;
        for (var draw = 0; draw < DRAWS; draw++) {
            var shared = normal(seeds);
            var cell = figures(first, like(shared, correlation, -difference));
            var other = figures(0, like(shared, correlation, 0));
            count += test.compare(cell, other).finding() == wanted ? 1 : 0;
        }
        return (double) count / DRAWS;
    }

    /** Scores about a mean of 20 with deviation 1, which rise and fall with others as far as they correlate. */
    private DoubleStream like(double[] shared, double correlation, double shift) {
        return DoubleStream.of(shared)
                .map(common -> 20
                        + shift
                        + Math.sqrt(correlation) * common
                        + Math.sqrt(1 - correlation) * random.nextGaussian());
    }

    private double[] normal(int count) {
        return DoubleStream.generate(random::nextGaussian).limit(count).toArray();
    }

    private static SeedFigures figures(long first, DoubleStream scores) {
        var values = scores.boxed().toList();
        return new SeedFigures(
                LongStream.range(first, first + values.size()).boxed().toList(), values);
    }
}
