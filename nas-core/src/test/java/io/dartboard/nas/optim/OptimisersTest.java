package io.dartboard.nas.optim;

import static io.dartboard.nas.tensor.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.alpha.CnnAlphas;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.tensor.AlphaVector;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.HostTensor;
import io.dartboard.nas.tensor.Initialization;
import io.dartboard.nas.tensor.ParameterLayout;
import io.dartboard.nas.tensor.ParameterVector;
import io.dartboard.nas.tensor.Safetensors;
import io.dartboard.nas.tensor.Torch;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OptimisersTest {
    private final NDManager scope = Torch.open(Device.cpu());
    private final Autograd.Mode paused = Autograd.paused();
    private ParameterVector weights;
    private AlphaVector alphas;

    @BeforeEach
    void make() {
        ParameterLayout.Builder builder = new ParameterLayout.Builder();
        builder.add("w", new Shape(2), new Initialization.Constant(1));
        weights = new ParameterVector(scope, builder.build(), new float[] {1, -2});
        alphas = new AlphaVector(
                scope, Alphas.initial(CnnAlphas.DARTS, new RandomStreams(1).stream("alphas")), DataType.FLOAT32);
    }

    @AfterEach
    void close() {
        paused.close();
        scope.close();
    }

    @Test
    void shouldStepWithMomentumAndDecay() {
        Sgd sgd = new Sgd(scope, weights, 0.5, 0.1);
        sgd.step(array(1, 1), 0.1); // m = (1.1, 0.8), w = (0.89, -2.08)
        sgd.step(array(0, 0), 1); // m = (0.639, 0.192), w = (0.251, -2.272)

        assertClose("weights", weights.toArray(), new float[] {0.251f, -2.272f}, 1e-6, 0);
    }

    @Test
    void shouldContinueSgdFromItsBuffer() {
        Sgd first = new Sgd(scope, weights, 0.9, 0);
        first.step(array(1, 2), 0.1);
        Sgd second = new Sgd(scope, weights, 0.9, 0);
        second.restore(first.momentumBuffer().floats());

        assertThat(second.momentumBuffer().floats()).containsExactly(1, 2);
        assertThatThrownBy(() -> second.restore(new float[3])).hasMessage("the layout has 2 values (were 3)");
    }

    @Test
    void shouldClipTheWholeGradientToANorm() {
        NDArray large = array(30, 40);
        NDArray small = array(0.3f, 0.4f);

        assertThat(Copy.scalar(GradientClip.globalNorm(large, 5))).isEqualTo(50);
        assertThat(Copy.scalar(GradientClip.globalNorm(small, 5))).isEqualTo(0.5f);

        assertClose("clipped", Copy.toHost(large), new float[] {3, 4}, 1e-5, 0);
        assertThat(Copy.toHost(small)).containsExactly(0.3f, 0.4f);
    }

    @Test
    void shouldContinueAdamBitByBitFromItsState() {
        AdamSettings settings = new AdamSettings(3e-4, 0.5, 0.999, 1e-3);
        Adam first = new Adam(scope, alphas, settings);
        first.step(gradient(1));
        AlphaVector copy = new AlphaVector(scope, alphas.toAlphas(), DataType.FLOAT32);
        Adam second = new Adam(scope, copy, settings);
        second.restore(new Safetensors(first.tensors(), Map.of()));
        first.step(gradient(2));
        second.step(gradient(2));

        assertThat(copy.toAlphas()).isEqualTo(alphas.toAlphas());
        assertThat(second.tensors().keySet()).containsExactly("adam.first", "adam.second", "adam.steps");
        assertThat(second.tensors()).containsEntry("adam.steps", HostTensor.of(new long[] {2}, 1));
    }

    @Test
    void shouldMoveEveryAlphaByTheRateInItsFirstStep() {
        float[] before = alphas.toAlphas().toArray();
        new Adam(scope, alphas, new AdamSettings(3e-4, 0.5, 0.999, 0)).step(gradient(1));
        float[] after = alphas.toAlphas().toArray();

        float[] moves = new float[before.length];
        float[] expected = new float[before.length];
        float[] gradient = Copy.toHost(gradient(1));
        for (int i = 0; i < moves.length; i++) {
            moves[i] = after[i] - before[i];
            expected[i] = -3e-4f * Math.signum(gradient[i]);
        }
        assertClose("moves", moves, expected, 1e-7, 0);
    }

    private NDArray gradient(long seed) {
        var random = new RandomStreams(seed).stream("gradient");
        float[] values = new float[2 * CnnSpace.DARTS.edgeCount() * CnnSpace.DARTS.candidateCount()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Copy.toDevice(scope, values, new Shape(values.length));
    }

    private NDArray array(float... values) {
        return Copy.toDevice(scope, values, new Shape(values.length));
    }
}
