package io.dartboard.nas.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Matrices whose eigenvalues are known. */
class PowerIterationTest {
    private static final PowerIteration EXACT = new PowerIteration(200, 1e-12);

    @Test
    void shouldFindTheLargestOfAPositiveMatrix() {
        assertThat(largest(EXACT, 3, 1, 0.5, 0)).isCloseTo(3, within(1e-9));
    }

    /** [[2, 1], [1, 2]] has 1 and 3. */
    @Test
    void shouldNotNeedAnEigenvectorForAnAxis() {
        UnaryOperator<double[]> matrix = v -> new double[] {2 * v[0] + v[1], v[0] + 2 * v[1]};

        double found = EXACT.largest(matrix, new double[] {1, 0.3}, () -> false)
                .orElseThrow()
                .eigenvalue();

        assertThat(found).isCloseTo(3, within(1e-9));
    }

    @Test
    void shouldTellThePositiveOfTwoThatAreOfOneSize() {
        assertThat(largest(EXACT, 2, -2, 0.5)).isCloseTo(2, within(1e-9));
        assertThat(largest(PowerIteration.USUAL, 1, -1.001, 0.2, -0.1)).isCloseTo(1, within(0.02));
    }

    @Test
    void shouldTellTheLargestWhereANegativeOneIsLargerInSize() {
        assertThat(largest(EXACT, -5, 1, 0.25)).isCloseTo(1, within(1e-6));
        assertThat(largest(EXACT, -5, -1, -3)).isCloseTo(-1, within(1e-6));
    }

    @Test
    void shouldTellThatAFlatLossHasNoCurvature() {
        assertThat(largest(EXACT, 0, 0, 0)).isZero();
    }

    @Test
    void shouldCountItsProductsAndEndSoonWhereOneStandsOut() {
        PowerIteration.Found found = PowerIteration.USUAL
                .largest(diagonal(100, 1, 1), new double[] {1, 1, 1}, () -> false)
                .orElseThrow();

        assertThat(found.products()).isBetween(2, 5);
    }

    @Test
    void shouldEndWithoutAnAnswerWhenItIsToldToStop() {
        assertThat(PowerIteration.USUAL.largest(diagonal(1, 2), new double[] {1, 1}, () -> true))
                .isEmpty();
    }

    private static double largest(PowerIteration iteration, double... eigenvalues) {
        double[] start = new double[eigenvalues.length];
        for (int i = 0; i < start.length; i++) {
            start[i] = 1 + 0.1 * i;
        }
        return iteration
                .largest(diagonal(eigenvalues), start, () -> false)
                .orElseThrow()
                .eigenvalue();
    }

    private static UnaryOperator<double[]> diagonal(double... eigenvalues) {
        return vector -> {
            double[] product = vector.clone();
            for (int i = 0; i < product.length; i++) {
                product[i] *= eigenvalues[i];
            }
            return product;
        };
    }
}
