package io.dartboard.nas.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.Torch;
import java.util.List;
import org.junit.jupiter.api.Test;

class DirichletPullTest {
    private static final AlphaLayout LAYOUT =
            new AlphaLayout(List.of(new AlphaLayout.Group("one", 2, 3), new AlphaLayout.Group("one", 2, 3).ofEdges()));
    private static final double[] ALPHAS = {0.1, -0.4, 1.5, 0, 0, 0, 5, 6};
    private static final double DIFFERENCE = 1e-6;

    private final DirichletPull pull = new DirichletPull(0.5);

    /** Concentrations (2, 1, 1): log Gamma(4) - log Gamma(3) + psi(2) - psi(4) is log 3 - 5/6. */
    @Test
    void shouldBeTheDivergenceFromTheEvenDistribution() {
        assertThat(value(new double[] {1, 0, 0, 0, 0, 0, 5, 6})).isCloseTo(0.5 * (Math.log(3) - 5.0 / 6), within(1e-6));
        assertThat(value(new double[] {0, 0, 0, 0, 0, 0, 5, 6})).isCloseTo(0, within(1e-6));
    }

    @Test
    void shouldHaveTheGradientOfFiniteDifferences() {
        try (NDManager scope = Torch.open(Device.cpu());
                Autograd.Mode recording = Autograd.recording()) {
            NDArray leaf = Autograd.leaf(scope, Copy.toDevice(scope, ALPHAS, new Shape(ALPHAS.length)));
            double[] gradient = Autograd.gradient(pull.of(leaf, LAYOUT, 0).orElseThrow(), leaf)
                    .toDoubleArray();

            for (int i = 0; i < ALPHAS.length; i++) {
                double slope = (value(moved(i, DIFFERENCE)) - value(moved(i, -DIFFERENCE))) / (2 * DIFFERENCE);
                assertThat(gradient[i]).as("alpha " + i).isCloseTo(slope, within(1e-6));
            }
        }
    }

    @Test
    void shouldRefuseWhatHasNoDirichletDistribution() {
        assertThatThrownBy(() -> new SearchMethod("odd", new FirstOrder(), pull))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("method odd cannot combine DirichletPull with DeviceSoftmax: it pulls Dirichlet"
                        + " distributions, and there are none");
        assertThatThrownBy(() -> new DirichletPull(0)).hasMessage("dirichletPull must be positive (was 0.0)");
    }

    private double value(double[] alphas) {
        try (NDManager scope = Torch.open(Device.cpu());
                Autograd.Mode paused = Autograd.paused()) {
            NDArray values = Copy.toDevice(scope, alphas, new Shape(alphas.length));
            return Copy.scalar(pull.of(values, LAYOUT, 0).orElseThrow());
        }
    }

    private static double[] moved(int entry, double by) {
        double[] alphas = ALPHAS.clone();
        alphas[entry] += by;
        return alphas;
    }
}
