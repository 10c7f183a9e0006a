package io.dartboard.nas.bilevel;

import static io.dartboard.nas.tensor.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import io.dartboard.nas.GoldenTensors;
import io.dartboard.nas.TestDevice;
import io.dartboard.nas.alpha.AlphaMatrix;
import io.dartboard.nas.alpha.CnnAlphas;
import io.dartboard.nas.image.ops.Pass;
import io.dartboard.nas.image.search.ImageObjective;
import io.dartboard.nas.image.supernet.Grouping;
import io.dartboard.nas.image.supernet.Supernet;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.nas.tensor.AlphaVector;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.ChannelConstants;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.DeviceBatch;
import io.dartboard.nas.tensor.DeviceRelaxation;
import io.dartboard.nas.tensor.HostTensor;
import io.dartboard.nas.tensor.ParameterVector;
import io.dartboard.nas.tensor.Torch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FairDartsStepGoldenTest {
    private static final double TOLERANCE = 1e-5;

    private final GoldenTensors file = GoldenTensors.read("fairdarts_step.safetensors");
    private final JsonNode config = file.json("config");
    private final NDManager scope = Torch.open(TestDevice.get());
    private final Supernet supernet = new Supernet(
            CnnSpace.FAIR_DARTS,
            new NetworkShape(
                    config.get("C").asInt(),
                    config.get("layers").asInt(),
                    file.tensor("logits").shape().get(1)),
            3,
            Grouping.unbounded(),
            DeviceRelaxation.SIGMOID);
    private final BilevelPoint point = new BilevelPoint(
            new ParameterVector(scope, supernet.layout(), file.gather(supernet.layout(), "w."), DataType.FLOAT32),
            new AlphaVector(scope, CnnAlphas.of(matrix("alpha.normal"), matrix("alpha.reduce")), DataType.FLOAT32));
    private final ChannelConstants constants = new ChannelConstants(scope, DataType.FLOAT32);

    @AfterEach
    void close() {
        scope.close();
    }

    @Test
    void shouldComputeTheLogits() {
        try (Autograd.Mode paused = Autograd.paused()) {
            NDArray logits = supernet.logits(
                    batch().images(),
                    point.alphas().constant(scope),
                    Pass.search(point.weights().constants(scope), constants));

            assertClose("logits", Copy.toHost(logits), file.floats("logits"), TOLERANCE, TOLERANCE);
        }
    }

    @Test
    void shouldComputeBothLossesAndTheGradientsOfBoth() {
        ZeroOneLoss zeroOne = new ZeroOneLoss(config.get("w01").asDouble());
        Derivatives plain =
                point.differentiate(scope, new ImageObjective(supernet, batch(), constants), Derivatives.Wanted.ALPHAS);
        try (Autograd.Mode recording = Autograd.recording()) {
            NDArray alphas = point.alphas().leaf(scope);
            NDArray penalty = zeroOne.of(alphas, CnnAlphas.DARTS, 0).orElseThrow();
            NDArray total = plain.alphaGradient().add(Autograd.gradient(penalty, alphas));

            assertThat(Copy.scalar(plain.loss())).isCloseTo(file.json("ce").asDouble(), within(TOLERANCE));
            assertThat(Copy.scalar(penalty))
                    .isCloseTo(
                            config.get("w01").asDouble()
                                    * file.json("zero_one_loss").asDouble(),
                            within(TOLERANCE));
            assertThat(Copy.scalar(plain.loss()) + Copy.scalar(penalty))
                    .isCloseTo(file.json("total").asDouble(), within(TOLERANCE));
            assertClose("ce", Copy.toHost(plain.alphaGradient()), both("grad_alpha_ce."), TOLERANCE, TOLERANCE);
            assertClose("total", Copy.toHost(total), both("grad_alpha_total."), TOLERANCE, TOLERANCE);
        }
    }

    private float[] both(String prefix) {
        return CnnAlphas.of(matrix(prefix + "normal"), matrix(prefix + "reduce"))
                .toArray();
    }

    private AlphaMatrix matrix(String name) {
        HostTensor tensor = file.tensor(name);
        return AlphaMatrix.of(tensor.shape().get(0), tensor.shape().get(1), tensor.floats());
    }

    private DeviceBatch batch() {
        HostTensor x = file.tensor("x");
        int[] shape = Stream.of(1, 2, 3).mapToInt(axis -> x.shape().get(axis)).toArray();
        return DeviceBatch.of(scope, x.floats(), file.tensor("y").longs(), shape[0], shape[1], shape[2]);
    }
}
