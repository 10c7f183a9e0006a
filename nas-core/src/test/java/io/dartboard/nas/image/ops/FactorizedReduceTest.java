package io.dartboard.nas.image.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.ChannelConstants;
import io.dartboard.nas.tensor.ChannelsLast;
import io.dartboard.nas.tensor.Leaves;
import io.dartboard.nas.tensor.ParameterVector;
import io.dartboard.nas.tensor.Torch;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FactorizedReduceTest {
    private static final int IMAGES = 2;
    private static final int SIDE = 56;
    private static final int OUT = 8;

    /** The engine's own strided kernel for so few channels writes past its workspace, which ends the process. */
    @ParameterizedTest
    @ValueSource(ints = {2, 4, 6, 8, 12})
    void shouldDifferentiateFewChannelsStoredLastAsInDoublePrecision(int channels) {
        double[] exact = weightGradient(channels, DataType.FLOAT64);
        double largest = 0;
        for (double each : exact) {
            largest = Math.max(largest, Math.abs(each));
        }
        assertThat(weightGradient(channels, DataType.FLOAT32)).containsExactly(exact, within(1e-4 * largest));
    }

    private static double[] weightGradient(int channels, DataType type) {
        Assembly assembly = new Assembly(Form.SEARCH);
        FactorizedReduce reduce = FactorizedReduce.of(assembly, "", channels, OUT);
        Random random = new Random(channels);
        float[] weights = values(random, assembly.weights().size());
        float[] images = values(random, IMAGES * SIDE * SIDE * channels);
        float[] upstream = values(random, IMAGES * OUT * SIDE * SIDE / 4);
        try (NDManager scope = Torch.open(Device.cpu());
                Autograd.Mode recording = Autograd.recording()) {
            Leaves leaves = new ParameterVector(scope, assembly.weights(), weights, type).leaves(scope);
            NDArray x = ChannelsLast.images(scope.create(images, new Shape(IMAGES, SIDE, SIDE, channels))
                    .toType(type, false));
            Pass pass = Pass.training(leaves, Leaves.none(), new ChannelConstants(scope, type));
            NDArray y = reduce.apply(x, pass);
            NDArray gy = scope.create(upstream, new Shape(IMAGES, OUT, SIDE / 2, SIDE / 2));
            Autograd.backward(y, gy.toType(type, false));
            return leaves.vector().getGradient().toType(DataType.FLOAT64, false).toDoubleArray();
        }
    }

    private static float[] values(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
