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

class BetaDecayTest {
    private static final AlphaLayout LAYOUT =
            new AlphaLayout(List.of(new AlphaLayout.Group("one", 2, 3), new AlphaLayout.Group("two", 1, 2)));
    private static final double[] ALPHAS = {0.1, -0.4, 1.5, 0, 0, 0, 300, 299};
    private static final double DIFFERENCE = 1e-6;

    private final BetaDecay penalty = new BetaDecay(50);

    @Test
    void shouldBeTheMeanOverAllEdgesAndGrowWithTheEpochs() {
        double first = Math.log(Math.exp(0.1) + Math.exp(-0.4) + Math.exp(1.5));
        double second = Math.log(3);
        double third = 300 + Math.log(1 + Math.exp(-1));

        assertThat(value(ALPHAS, 0.25)).isCloseTo(12.5 * (first + second + third) / 3, within(1e-3));
        assertThat(value(ALPHAS, 0.5)).isCloseTo(2 * value(ALPHAS, 0.25), within(1e-3));
    }

    @Test
    void shouldHaveTheGradientOfFiniteDifferences() {
        try (NDManager scope = Torch.open(Device.cpu());
                Autograd.Mode recording = Autograd.recording()) {
            NDArray leaf = Autograd.leaf(scope, Copy.toDevice(scope, ALPHAS, new Shape(ALPHAS.length)));
            double[] gradient = Autograd.gradient(penalty.of(leaf, LAYOUT, 0.5).orElseThrow(), leaf)
                    .toDoubleArray();

            for (int i = 0; i < ALPHAS.length; i++) {
                double slope =
                        (value(moved(i, DIFFERENCE), 0.5) - value(moved(i, -DIFFERENCE), 0.5)) / (2 * DIFFERENCE);
                assertThat(gradient[i]).as("alpha " + i).isCloseTo(slope, within(1e-4));
            }
        }
    }

    @Test
    void shouldWeighNothingAtTheStart() {
        try (NDManager scope = Torch.open(Device.cpu())) {
            assertThat(penalty.of(Copy.toDevice(scope, ALPHAS, new Shape(ALPHAS.length)), LAYOUT, 0))
                    .isEmpty();
        }
    }

    @Test
    void shouldRefuseAWeightThatIsNone() {
        assertThatThrownBy(() -> new BetaDecay(0)).hasMessage("betaDecay must be positive (was 0.0)");
    }

    private double value(double[] alphas, double progress) {
        try (NDManager scope = Torch.open(Device.cpu());
                Autograd.Mode paused = Autograd.paused()) {
            NDArray values = Copy.toDevice(scope, alphas, new Shape(alphas.length));
            return Copy.scalar(penalty.of(values, LAYOUT, progress).orElseThrow());
        }
    }

    private static double[] moved(int entry, double by) {
        double[] alphas = ALPHAS.clone();
        alphas[entry] += by;
        return alphas;
    }
}
