package io.dartboard.nas.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.provenance.RandomStream;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.tensor.AlphaVector;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.DeviceRelaxation;
import io.dartboard.nas.tensor.Initialization;
import io.dartboard.nas.tensor.ParameterLayout;
import io.dartboard.nas.tensor.ParameterVector;
import io.dartboard.nas.tensor.Torch;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two edges of three candidates, and one weight for each that the loss is linear in; beside them an edge parameter each. */
class PerturbationTest {
    private static final AlphaLayout LAYOUT = new AlphaLayout(
            List.of(new AlphaLayout.Group("cell", 2, 3), new AlphaLayout.Group("cell", 2, 3).ofEdges()));
    private static final double[] ALPHAS = {0, 0.5, -1, 2, 0, 0, 7, -7};
    private static final double[] SLOPES = {1, -2, 3, -4, 5, -6};

    private final NDManager scope = Torch.open(Device.cpu());
    private final Autograd.Mode paused = Autograd.paused();

    @AfterEach
    void close() {
        paused.close();
        scope.close();
    }

    @Test
    void shouldStayWithinItsBoxAmongWeightsAndLeaveEdgesAlone() {
        double[] centre = relaxed().alphas().values().toDoubleArray();

        double[] drawn = values(new UniformPerturbation(0.03, 0.3), 0, "a");

        assertThat(drawn).isNotEqualTo(centre).isEqualTo(values(new UniformPerturbation(0.03, 0.3), 0, "a"));
        assertThat(drawn).isNotEqualTo(values(new UniformPerturbation(0.03, 0.3), 0, "b"));
        assertWeights(drawn);
        for (int i = 0; i < 6; i++) {
            // Dividing by the sum moves a weight by at most as much again for each of an edge's candidates.
            assertThat(drawn[i]).as("weight " + i).isBetween(centre[i] - 4 * 0.03, centre[i] + 4 * 0.03);
        }
    }

    @Test
    void shouldGrowWithTheEpochs() {
        double[] centre = relaxed().alphas().values().toDoubleArray();

        assertThat(distance(centre, values(new UniformPerturbation(0.03, 0.3), 0.9, "a")))
                .isGreaterThan(3 * distance(centre, values(new UniformPerturbation(0.03, 0.3), 0, "a")));
        assertThat(distance(centre, values(new UniformPerturbation(0, 0.3), 0, "a")))
                .isLessThan(1e-12);
    }

    @Test
    void shouldFindALossThatHardlyAnyOtherWeightsInItsBoxExceed() {
        double side = 0.1;

        double[] worst = values(new AdversarialPerturbation(side, side, 7), 0.5, "a");

        assertWeights(worst);
        for (int i = 0; i < 200; i++) {
            double[] other = values(new UniformPerturbation(side, side), 0.5, "draw " + i);
            assertThat(loss(worst)).as("loss, and that of draw " + i).isGreaterThan(loss(other));
        }
    }

    private static double loss(double[] mixture) {
        return IntStream.range(0, SLOPES.length)
                .mapToDouble(i -> SLOPES[i] * mixture[i])
                .sum();
    }

    @Test
    void shouldLeaveAnEdgeAsItIsWhoseWeightsWouldAllBeGone() {
        NDArray centre = Copy.toDevice(scope, new double[] {0.2, 0.3, 0.5, 1, 0, 0, 7, -7}, new Shape(8));
        PerturbationBox box = PerturbationBox.around(scope, relaxed().with(centre), 1);

        NDArray down = Copy.toDevice(scope, new double[] {-1, -1, -1, 0, 0, 0, 1, 1}, new Shape(8));

        assertThat(box.climb(centre, down, 1).toDoubleArray()).containsExactly(centre.toDoubleArray(), within(1e-12));
    }

    @Test
    void shouldRefuseWhatIsNoNeighbourhood() {
        assertThatThrownBy(() -> new UniformPerturbation(-1, 0.3))
                .hasMessage("perturbationFrom must be 0 or more (was -1.0)");
        assertThatThrownBy(() -> new AdversarialPerturbation(0.03, 0.3, 0))
                .hasMessageStartingWith("perturbationSteps must be at least 1");
        assertThatThrownBy(
                        () -> new SearchMethod("loose", new FirstOrder(), AlphaPenalty.NONE, DeviceRelaxation.SIGMOID)
                                .with(new UniformPerturbation(0.03, 0.3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("method loose cannot perturb the mixing weights of DeviceSigmoid");
    }

    private static void assertWeights(double[] values) {
        for (int edge = 0; edge < 2; edge++) {
            double sum = 0;
            for (int i = 3 * edge; i < 3 * edge + 3; i++) {
                assertThat(values[i]).isBetween(0.0, 1.0);
                sum += values[i];
            }
            assertThat(sum).isCloseTo(1, within(1e-9));
        }
        assertThat(values[6]).isEqualTo(7);
        assertThat(values[7]).isEqualTo(-7);
    }

    private static double distance(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += Math.abs(one[i] - other[i]);
        }
        return sum;
    }

    private double[] values(AlphaPerturbation perturbation, double progress, String purpose) {
        RandomStream random = new RandomStreams(1).stream(purpose);
        return perturbation
                .perturb(scope, relaxed(), linear(), random, progress)
                .alphas()
                .values()
                .toDoubleArray();
    }

    private Objective linear() {
        return (pass, weights, mixture) -> new Objective.Seen(
                mixture.split(new long[] {6}).get(0).mul(weights.vector()).sum(), new NDList());
    }

    private BilevelPoint relaxed() {
        ParameterLayout.Builder layout = new ParameterLayout.Builder();
        layout.add("w", new Shape(6), new Initialization.Constant(0));
        float[] slopes = new float[6];
        for (int i = 0; i < 6; i++) {
            slopes[i] = (float) SLOPES[i];
        }
        ParameterVector weights = new ParameterVector(scope, layout.build(), slopes, DataType.FLOAT64);
        return new BilevelPoint(weights, new AlphaVector(LAYOUT, Copy.toDevice(scope, ALPHAS, new Shape(8))))
                .relaxed(scope);
    }
}
