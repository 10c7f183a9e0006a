package io.dartboard.nas.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.provenance.RandomStreams;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Relaxations that draw: reproducible, in the mean what they say, and with the slope of what they draw. */
class DrawnRelaxationTest {
    private static final double[] ALPHAS = {0.5, -1, 2, 0, 0.3, -2};
    private static final Shape SHAPE = new Shape(2, 3);
    private static final double DIFFERENCE = 1e-6;

    private final NDManager scope = Torch.open(Device.cpu());

    @AfterEach
    void close() {
        scope.close();
    }

    static Stream<DeviceRelaxation> drawing() {
        return Stream.of(new GumbelSoftmax(5, 0.5), HardGumbel.GDAS, new ReinMax(1), new DirichletRelaxation());
    }

    @ParameterizedTest
    @MethodSource("drawing")
    void shouldDrawTheSameForTheSameStepAndOthersForOthers(DeviceRelaxation relaxation) {
        double[] drawn = values(relaxation, "a", 0);

        assertThat(relaxation.draws()).isTrue();
        assertThat(drawn).isEqualTo(values(relaxation, "a", 0));
        assertThat(Stream.of("b", "c", "d", "e", "f", "g").map(purpose -> values(relaxation, purpose, 0)))
                .anySatisfy(other -> assertThat(other).isNotEqualTo(drawn));
        for (int edge = 0; edge < 2; edge++) {
            assertThat(Arrays.stream(drawn, 3 * edge, 3 * edge + 3).sum()).isCloseTo(1, within(1e-12));
        }
    }

    @ParameterizedTest
    @MethodSource("meanIsWhatItSays")
    void shouldDrawItsWeightsInTheMean(DeviceRelaxation relaxation) {
        int draws = 1000;
        double[] mean = new double[ALPHAS.length];
        for (int i = 0; i < draws; i++) {
            double[] drawn = values(relaxation, "draw", i);
            for (int k = 0; k < mean.length; k++) {
                mean[k] += drawn[k] / draws;
            }
        }

        double[] expected = relaxation.weights(alphas(ALPHAS)).toDoubleArray();
        for (int k = 0; k < mean.length; k++) {
            // Four times the largest standard error that weights in [0, 1] can have.
            assertThat(mean[k]).as("weight " + k).isCloseTo(expected[k], within(4 * 0.5 / Math.sqrt(draws)));
        }
    }

    static Stream<DeviceRelaxation> meanIsWhatItSays() {
        return Stream.of(HardGumbel.GDAS, new ReinMax(2), new DirichletRelaxation());
    }

    @ParameterizedTest
    @MethodSource("smooth")
    void shouldHaveTheSlopeOfWhatItDraws(DeviceRelaxation relaxation) {
        double[] gradient = gradient(relaxation);

        for (int i = 0; i < ALPHAS.length; i++) {
            double slope = (weighted(relaxation, moved(i, DIFFERENCE)) - weighted(relaxation, moved(i, -DIFFERENCE)))
                    / (2 * DIFFERENCE);
            assertThat(gradient[i]).as("alpha " + i).isCloseTo(slope, within(1e-6));
        }
    }

    static Stream<DeviceRelaxation> smooth() {
        return Stream.of(new GumbelSoftmax(5, 0.5), new DirichletRelaxation());
    }

    /** GDAS: one candidate of each edge, with the slope of the soft weight that it stands for. */
    @Test
    void shouldDrawOneCandidateAloneWithTheSlopeOfItsSoftWeight() {
        GumbelSoftmax soft = new GumbelSoftmax(10, 0.1);
        double[] hard = values(new HardGumbel(soft), "a", 0);
        double[] weights = values(soft, "a", 0);

        for (int edge = 0; edge < 2; edge++) {
            int from = 3 * edge;
            assertThat(Arrays.copyOfRange(hard, from, from + 3))
                    .containsOnly(0, 1)
                    .containsOnlyOnce(1);
            assertThat(IntRange.strongest(weights, from)).isEqualTo(IntRange.strongest(hard, from));
        }
        double[] onlyDrawn = new double[ALPHAS.length];
        for (int i = 0; i < ALPHAS.length; i++) {
            onlyDrawn[i] = hard[i] == 1 ? UPSTREAM[i] : 0;
        }
        double[] expected = gradient(soft, onlyDrawn);
        assertThat(gradient(new HardGumbel(soft))).containsExactly(expected, within(1e-12));
    }

    /** The loss here is quadratic in the weights, of which Heun's method is exact: in the mean over all that can be drawn. */
    @Test
    void shouldFollowTheSlopeOfTheMeanLossOfAllThatReinMaxCanDraw() {
        double[] gradient = new double[3];
        for (int candidate = 0; candidate < 3; candidate++) {
            double[] one = {candidate == 0 ? 1 : 0, candidate == 1 ? 1 : 0, candidate == 2 ? 1 : 0};
            double[] estimate = reinMaxGradient(one);
            for (int i = 0; i < 3; i++) {
                gradient[i] += probabilities(FIRST_EDGE)[candidate] * estimate[i];
            }
        }

        for (int i = 0; i < 3; i++) {
            double[] above = FIRST_EDGE.clone();
            double[] below = FIRST_EDGE.clone();
            above[i] += DIFFERENCE;
            below[i] -= DIFFERENCE;
            double slope = (meanQuadratic(above) - meanQuadratic(below)) / (2 * DIFFERENCE);
            assertThat(gradient[i]).as("alpha " + i).isCloseTo(slope, within(1e-8));
        }
    }

    private static final double[] FIRST_EDGE = {0.5, -1, 2};
    private static final double[][] CURVATURE = {{1.5, 0.3, -0.7}, {0.3, -2, 0.4}, {-0.7, 0.4, 0.9}};

    /** {@code w' A w / 2 + b' w}. */
    private static double quadratic(double[] weights) {
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            sum += UPSTREAM[i] * weights[i];
            for (int k = 0; k < 3; k++) {
                sum += CURVATURE[i][k] * weights[i] * weights[k] / 2;
            }
        }
        return sum;
    }

    private static double meanQuadratic(double[] alphas) {
        double mean = 0;
        for (int candidate = 0; candidate < 3; candidate++) {
            double[] one = new double[3];
            one[candidate] = 1;
            mean += probabilities(alphas)[candidate] * quadratic(one);
        }
        return mean;
    }

    private static double[] probabilities(double[] alphas) {
        double sum = Arrays.stream(alphas).map(Math::exp).sum();
        return Arrays.stream(alphas).map(alpha -> Math.exp(alpha) / sum).toArray();
    }

    private double[] reinMaxGradient(double[] one) {
        try (NDManager pass = scope.newSubManager();
                Autograd.Mode recording = Autograd.recording()) {
            Shape edge = new Shape(1, 3);
            NDArray leaf = Autograd.leaf(pass, Copy.toDevice(pass, FIRST_EDGE, edge));
            NDArray weights = new ReinMax(1).estimated(leaf, Copy.toDevice(pass, one, edge));
            assertThat(weights.toDoubleArray()).isEqualTo(one);
            double[] slope = UPSTREAM.clone();
            for (int i = 0; i < 3; i++) {
                for (int k = 0; k < 3; k++) {
                    slope[i] += CURVATURE[i][k] * one[k];
                }
            }
            NDArray loss = weights.mul(Copy.toDevice(pass, Arrays.copyOf(slope, 3), edge))
                    .sum();
            return Autograd.gradient(loss, leaf).toDoubleArray();
        }
    }

    @Test
    void shouldRefuseATemperatureBelowOneOfReinMax() {
        assertThatThrownBy(() -> new ReinMax(0.5))
                .hasMessage("reinMaxTemperature must be at least 1, as its authors have it (was 0.5)");
    }

    @Test
    void shouldCoolWithTheEpochs() {
        GumbelSoftmax soft = new GumbelSoftmax(10, 0.1);
        double warm = Arrays.stream(drawn(soft, ALPHAS, "a", 0, 0)).max().orElseThrow();
        double cold = Arrays.stream(drawn(soft, ALPHAS, "a", 0, 0.99)).max().orElseThrow();

        assertThat(warm).isLessThan(0.6);
        assertThat(cold).isGreaterThan(0.99);
    }

    private static final double[] UPSTREAM = {0.3, -1.2, 0.7, 2, -0.4, 1.1};

    private static final class IntRange {
        static int strongest(double[] values, int from) {
            int best = from;
            for (int i = from; i < from + 3; i++) {
                best = values[i] > values[best] ? i : best;
            }
            return best;
        }
    }

    private NDArray alphas(double[] values) {
        return Copy.toDevice(scope, values, SHAPE);
    }

    private double[] values(DeviceRelaxation relaxation, String purpose, int step) {
        return drawn(relaxation, ALPHAS, purpose, step, 0);
    }

    private double[] drawn(DeviceRelaxation relaxation, double[] alphas, String purpose, int step, double progress) {
        try (NDManager pass = scope.newSubManager();
                Autograd.Mode paused = Autograd.paused()) {
            NDArray values = Copy.toDevice(pass, alphas, SHAPE);
            return relaxation
                    .drawn(new Draw(new RandomStreams(1), purpose, 0, step), progress)
                    .weights(values)
                    .toDoubleArray();
        }
    }

    private double weighted(DeviceRelaxation relaxation, double[] alphas) {
        double[] drawn = drawn(relaxation, alphas, "a", 0, 0);
        double sum = 0;
        for (int i = 0; i < drawn.length; i++) {
            sum += UPSTREAM[i] * drawn[i];
        }
        return sum;
    }

    private double[] gradient(DeviceRelaxation relaxation) {
        return gradient(relaxation, UPSTREAM);
    }

    private double[] gradient(DeviceRelaxation relaxation, double[] upstream) {
        try (NDManager pass = scope.newSubManager();
                Autograd.Mode recording = Autograd.recording()) {
            NDArray leaf = Autograd.leaf(pass, Copy.toDevice(pass, ALPHAS, SHAPE));
            NDArray weights = relaxation
                    .drawn(new Draw(new RandomStreams(1), "a", 0, 0), 0)
                    .weights(leaf);
            NDArray loss = weights.mul(Copy.toDevice(pass, upstream, SHAPE)).sum();
            return Autograd.gradient(loss, leaf).toDoubleArray();
        }
    }

    private static double[] moved(int entry, double by) {
        double[] alphas = ALPHAS.clone();
        alphas[entry] += by;
        return alphas;
    }

    /** Closed forms: shape 1 is the exponential distribution, shape 2 has 1 - (1 + x) e^-x, shape 1/2 the square of a normal. */
    @Test
    void shouldFindQuantilesOfGammaDistributions() {
        double[] u = {1e-9, 0.01, 0.3, 0.7, 0.99, 1 - 1e-7};
        for (double probability : u) {
            assertThat(Math.exp(quantile(1, probability)))
                    .as("shape 1 at %s", probability)
                    .isCloseTo(-Math.log1p(-probability), within(1e-6 * -Math.log1p(-probability)));
            double x = Math.exp(quantile(2, probability));
            assertThat(1 - (1 + x) * Math.exp(-x))
                    .as("shape 2 at %s", probability)
                    .isCloseTo(probability, within(1e-9));
        }
        // 1.959963984540054 is what a normal number is below with probability 0.975.
        assertThat(2 * Math.exp(quantile(0.5, 0.95))).isCloseTo(Math.pow(1.959963984540054, 2), within(1e-9));
        // Of a small shape P(a, x) is x^a / Gamma(a + 1) where x is small.
        assertThat(quantile(0.01, 0.5)).isCloseTo((Math.log(0.5) - 0.005690307) / 0.01, within(1e-3));
        // The median of shape 100 is near 100 - 1/3.
        assertThat(Math.exp(quantile(100, 0.5))).isCloseTo(100 - 1.0 / 3 + 8.0 / 40500, within(1e-3));
    }

    private double quantile(double shape, double probability) {
        try (Autograd.Mode paused = Autograd.paused()) {
            return GammaQuantile.logarithm(
                            Copy.toDevice(scope, new double[] {shape}, new Shape(1)),
                            Copy.toDevice(scope, new double[] {probability}, new Shape(1)))
                    .toDoubleArray()[0];
        }
    }

    @Test
    void shouldDrawInSinglePrecisionWhatItDrawsInDouble() {
        try (Autograd.Mode paused = Autograd.paused()) {
            DeviceRelaxation.Drawn drawn =
                    new DirichletRelaxation().drawn(new Draw(new RandomStreams(1), "a", 0, 0), 0);
            NDArray single = drawn.weights(alphas(ALPHAS).toType(DataType.FLOAT32, true));

            assertThat(single.getDataType()).isEqualTo(DataType.FLOAT32);
            double[] wide = drawn.weights(alphas(ALPHAS)).toDoubleArray();
            float[] narrow = single.toFloatArray();
            for (int i = 0; i < wide.length; i++) {
                assertThat((double) narrow[i]).isCloseTo(wide[i], within(1e-5));
            }
        }
    }
}
