package io.dartboard.nas.bilevel;

import static io.dartboard.nas.tensor.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.TestDevice;
import io.dartboard.nas.image.supernet.GoldenSupernet;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.tensor.AlphaVector;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.DeviceBatch;
import io.dartboard.nas.tensor.HostTensor;
import io.dartboard.nas.tensor.ParameterVector;
import io.dartboard.nas.tensor.Torch;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against a Hessian that was computed whole, by double back-propagation in double precision. */
class AlphaHessianGoldenTest {
    private final GoldenSupernet golden = GoldenSupernet.read("alpha_hessian.safetensors");
    private final NDManager scope = Torch.open(TestDevice.get());
    private final Autograd.Mode paused = Autograd.paused();

    @AfterEach
    void close() {
        paused.close();
        scope.close();
        golden.close();
    }

    @Test
    void shouldMultiplyADirectionByTheHessian() {
        double[] direction = golden.file().tensor("v").doubles();

        NDArray product = hessian(DataType.FLOAT64, FiniteDifference.EXACT_RADIUS)
                .product(scope, Copy.toDevice(scope, direction, new Shape(direction.length)));

        assertClose(
                "Hv", Copy.toHost(product), narrow(golden.file().tensor("Hv").doubles()), 1e-6, 1e-5);
    }

    @Test
    void shouldFindTheLargestEigenvalue() {
        double found = largest(DataType.FLOAT64, FiniteDifference.EXACT_RADIUS, new PowerIteration(100, 1e-9));

        assertThat(found).isCloseTo(expected(), within(1e-5 * Math.abs(expected())));
    }

    /** As a search measures it, in few products; a kink of the network that lies within the radius, both precisions see. */
    @Test
    void shouldSeeInSinglePrecisionWhatItSeesInDouble() {
        double radius = AlphaHessian.SINGLE_PRECISION_RADIUS;

        double single = largest(DataType.FLOAT32, radius, PowerIteration.USUAL);

        double wide = largest(DataType.FLOAT64, radius, PowerIteration.USUAL);
        assertThat(single).isCloseTo(wide, within(0.01 * Math.abs(wide)));
    }

    private double expected() {
        double[] ascending = golden.file().tensor("eigenvalues_ascending").doubles();
        return Arrays.stream(ascending).max().orElseThrow();
    }

    private double largest(DataType type, double radius, PowerIteration iteration) {
        return hessian(type, radius)
                .largestEigenvalue(scope, iteration, new RandomStreams(1).stream("eigenvector"), () -> false)
                .orElseThrow()
                .eigenvalue();
    }

    private AlphaHessian hessian(DataType type, double radius) {
        ParameterVector weights = new ParameterVector(
                scope, golden.supernet().layout(), golden.weights().toArray(), type);
        AlphaVector alphas = new AlphaVector(scope, golden.alphas().toAlphas(), type);
        HostTensor x = golden.file().tensor("x");
        DeviceBatch batch = DeviceBatch.of(
                scope,
                x.floats(),
                golden.file().tensor("y").longs(),
                x.shape().get(1),
                x.shape().get(2),
                x.shape().get(3));
        return new AlphaHessian(new BilevelPoint(weights, alphas), golden.objective(batch, type), radius);
    }

    private static float[] narrow(double[] wide) {
        float[] narrow = new float[wide.length];
        for (int i = 0; i < wide.length; i++) {
            narrow[i] = (float) wide[i];
        }
        return narrow;
    }
}
