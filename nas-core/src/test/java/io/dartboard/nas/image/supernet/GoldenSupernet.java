package io.dartboard.nas.image.supernet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import io.dartboard.nas.GoldenTensors;
import io.dartboard.nas.TestDevice;
import io.dartboard.nas.alpha.AlphaMatrix;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.alpha.CnnAlphas;
import io.dartboard.nas.bilevel.Mixing;
import io.dartboard.nas.bilevel.Objective;
import io.dartboard.nas.image.ops.Pass;
import io.dartboard.nas.image.search.ImageObjective;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.nas.tensor.AlphaVector;
import io.dartboard.nas.tensor.ChannelConstants;
import io.dartboard.nas.tensor.DeviceBatch;
import io.dartboard.nas.tensor.HostTensor;
import io.dartboard.nas.tensor.Leaves;
import io.dartboard.nas.tensor.ParameterVector;
import io.dartboard.nas.tensor.Torch;
import java.util.Arrays;

/** The supernet of a golden file with its stored weights and alphas. */
public final class GoldenSupernet implements AutoCloseable {
    private final GoldenTensors file;
    private final NDManager scope = Torch.open(TestDevice.get());
    private final Supernet supernet;
    private final ParameterVector weights;
    private final AlphaVector alphas;
    private final ChannelConstants constants = new ChannelConstants(scope, DataType.FLOAT32);

    private GoldenSupernet(GoldenTensors file) {
        this.file = file;
        JsonNode config = file.json("config");
        NetworkShape shape = new NetworkShape(
                config.get("C").asInt(),
                config.get("layers").asInt(),
                file.tensor("w.classifier.bias").shape().get(0));
        supernet = new Supernet(CnnSpace.DARTS, shape, 3, Grouping.unbounded());
        weights = new ParameterVector(scope, supernet.layout(), gather("w."));
        String prefix = file.names().contains("alpha.normal") ? "alpha." : "alpha0.";
        alphas = new AlphaVector(scope, alphas(prefix + "normal", prefix + "reduce"), DataType.FLOAT32);
    }

    public static GoldenSupernet read(String file) {
        return new GoldenSupernet(GoldenTensors.read(file));
    }

    public NDManager scope() {
        return scope;
    }

    public Supernet supernet() {
        return supernet;
    }

    public ParameterVector weights() {
        return weights;
    }

    public AlphaVector alphas() {
        return alphas;
    }

    public ChannelConstants constants() {
        return constants;
    }

    public GoldenTensors file() {
        return file;
    }

    public float[] gather(String prefix) {
        return file.gather(supernet.layout(), prefix);
    }

    public Alphas alphas(String normal, String reduce) {
        return CnnAlphas.of(matrix(file.floats(normal)), matrix(file.floats(reduce)));
    }

    private static AlphaMatrix matrix(float[] values) {
        return AlphaMatrix.of(CnnSpace.DARTS.edgeCount(), CnnSpace.DARTS.candidateCount(), values);
    }

    public DeviceBatch batch(String which) {
        HostTensor x = file.tensor("x_" + which);
        return DeviceBatch.of(
                scope,
                x.floats(),
                file.tensor("y_" + which).longs(),
                x.shape().get(1),
                x.shape().get(2),
                x.shape().get(3));
    }

    /** Batch {@code index} of a file that holds one per step. */
    public DeviceBatch batch(String which, int index) {
        HostTensor x = file.tensor("x_" + which);
        HostTensor y = file.tensor("y_" + which);
        int each = y.shape().get(1);
        return DeviceBatch.of(
                scope,
                file.floats("x_" + which, index),
                Arrays.copyOfRange(y.longs(), index * each, (index + 1) * each),
                x.shape().get(2),
                x.shape().get(3),
                x.shape().get(4));
    }

    /** The loss of a batch in a precision. */
    public Objective objective(DeviceBatch batch, DataType type) {
        return new ImageObjective(supernet, batch.as(type), new ChannelConstants(scope, type));
    }

    /** The loss of one of the file's batches in a precision. */
    public Objective objective(String which, DataType type) {
        return objective(batch(which), type);
    }

    public Pass pass(Leaves leaves) {
        return Pass.search(leaves, constants);
    }

    public NDArray logits(DeviceBatch batch) {
        return supernet.logits(batch.images(), mixture(alphas.constant(scope)), pass(weights.constants()));
    }

    /** What the supernet mixes by. */
    public NDArray mixture(NDArray values) {
        return Mixing.SOFTMAX.weights(values, alphas.layout());
    }

    @Override
    public void close() {
        scope.close();
    }
}
