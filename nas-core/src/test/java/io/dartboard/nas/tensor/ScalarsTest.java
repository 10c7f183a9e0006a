package io.dartboard.nas.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

class ScalarsTest {
    private static final int TERMS = 300;
    private static final double FACTOR = 3;

    @Test
    void shouldKeepNumbersAliveUntilTheBackwardPass() {
        assertThat(gradientOfManyProducts((x, factor) -> Scalars.times(x, factor)))
                .isCloseTo(TERMS * FACTOR, within(1e-3));
    }

    @Test
    void shouldAddNumbersWithoutTouchingTheGradient() {
        assertThat(gradientOfManyProducts((x, factor) -> Scalars.plus(x, factor)))
                .isCloseTo(TERMS, within(1e-3));
    }

    /**
     * Sums many terms, lets the collector free what Java has forgotten and others reuse it, and only then goes back.
     * DJL's own {@code x.mul(Number)} comes out of this with an arbitrary gradient.
     */
    private static double gradientOfManyProducts(BiFunction<NDArray, Double, NDArray> term) {
        try (NDManager scope = Torch.open(Device.cpu());
                Autograd.Mode recording = Autograd.recording()) {
            NDArray x = Autograd.leaf(scope, scope.ones(new Shape(1)));
            NDArray sum = scope.zeros(new Shape(1));
            for (int i = 0; i < TERMS; i++) {
                sum = sum.add(term.apply(x, FACTOR));
            }
            System.gc();
            for (int i = 0; i < TERMS; i++) {
                scope.create(new float[] {1e30f});
            }
            return Copy.scalar(Autograd.gradient(sum.sum(), x));
        }
    }

    @Test
    void shouldUpdateInPlace() {
        try (NDManager scope = Torch.open(Device.cpu());
                Autograd.Mode paused = Autograd.paused()) {
            NDArray y = Copy.toDevice(scope, new float[] {1, 2}, new Shape(2));
            Scalars.timesInPlace(y, 2);
            Scalars.addScaled(y, -0.5, Copy.toDevice(scope, new float[] {4, 8}, new Shape(2)));

            assertThat(Copy.toHost(y)).containsExactly(0, 0);
        }
    }
}
