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

class ZeroOneLossTest {
    private static final AlphaLayout LAYOUT = new AlphaLayout(List.of(new AlphaLayout.Group("one", 2, 2)));

    private final ZeroOneLoss penalty = new ZeroOneLoss(10);

    @Test
    void shouldBeLeastWhereAllIsDecided() {
        assertThat(value(0, 0, 0, 0)).isZero();
        assertThat(value(50, -50, 50, -50)).isCloseTo(-10 * 0.25, within(1e-6));
        assertThat(value(1, 0, 0, 0)).isCloseTo(-10 * Math.pow(1 / (1 + Math.exp(-1)) - 0.5, 2) / 4, within(1e-6));
    }

    @Test
    void shouldDriveAwayFromUndecided() {
        double[] gradient = gradient(0.3, -0.3, 0, 2);

        assertThat(gradient[0]).isNegative();
        assertThat(gradient[1]).isPositive();
        assertThat(gradient[2]).isZero();
        double slope = (value(0.3 + 1e-4, -0.3, 0, 2) - value(0.3 - 1e-4, -0.3, 0, 2)) / 2e-4;
        assertThat(gradient[0]).isCloseTo(slope, within(1e-6));
    }

    @Test
    void shouldRefuseAWeightOfNothing() {
        assertThatThrownBy(() -> new ZeroOneLoss(0)).hasMessageContaining("zeroOneWeight");
    }

    private double value(double... alphas) {
        try (NDManager scope = Torch.open(Device.cpu())) {
            return Copy.scalar(penalty.of(Copy.toDevice(scope, alphas, new Shape(alphas.length)), LAYOUT, 0)
                    .orElseThrow());
        }
    }

    private double[] gradient(double... alphas) {
        try (NDManager scope = Torch.open(Device.cpu());
                Autograd.Mode recording = Autograd.recording()) {
            NDArray leaf = Autograd.leaf(scope, Copy.toDevice(scope, alphas, new Shape(alphas.length)));
            return Autograd.gradient(penalty.of(leaf, LAYOUT, 0).orElseThrow(), leaf)
                    .toDoubleArray();
        }
    }
}
