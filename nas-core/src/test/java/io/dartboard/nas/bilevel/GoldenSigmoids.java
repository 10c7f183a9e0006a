package io.dartboard.nas.bilevel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import io.dartboard.nas.GoldenTensors;
import io.dartboard.nas.TestDevice;
import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.alpha.AlphaSharing;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.image.ops.Pass;
import io.dartboard.nas.image.search.ImageObjective;
import io.dartboard.nas.image.supernet.Grouping;
import io.dartboard.nas.image.supernet.Supernet;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.nas.tensor.AlphaVector;
import io.dartboard.nas.tensor.ChannelConstants;
import io.dartboard.nas.tensor.DeviceBatch;
import io.dartboard.nas.tensor.DeviceRelaxation;
import io.dartboard.nas.tensor.HostTensor;
import io.dartboard.nas.tensor.ParameterVector;
import io.dartboard.nas.tensor.Torch;
import java.util.List;

/** The supernet of a golden file whose alphas are relaxed by sigmoids, with its one batch. */
final class GoldenSigmoids implements AutoCloseable {
    private final GoldenTensors file;
    private final NDManager scope = Torch.open(TestDevice.get());
    private final Supernet supernet;
    private final AlphaLayout layout;
    private final BilevelPoint point;

    /** @param alphas names of the tensors that hold the alphas, group by group */
    GoldenSigmoids(String name, AlphaSharing sharing, List<String> alphas) {
        file = GoldenTensors.read(name);
        int cells = config().get("layers").asInt();
        supernet = new Supernet(
                CnnSpace.FAIR_DARTS,
                new NetworkShape(
                        config().get("C").asInt(),
                        cells,
                        file.tensor("logits").shape().get(1)),
                3,
                Grouping.unbounded(),
                sharing);
        layout = sharing.layout(CnnSpace.FAIR_DARTS, cells);
        point = new BilevelPoint(
                        new ParameterVector(
                                scope, supernet.layout(), file.gather(supernet.layout(), "w."), DataType.FLOAT32),
                        new AlphaVector(scope, Alphas.of(layout, joined(alphas)), DataType.FLOAT32))
                .mixedBy(Mixing.of(DeviceRelaxation.SIGMOID));
    }

    GoldenTensors file() {
        return file;
    }

    JsonNode config() {
        return file.json("config");
    }

    NDManager scope() {
        return scope;
    }

    AlphaLayout layout() {
        return layout;
    }

    BilevelPoint point() {
        return point;
    }

    ImageObjective objective() {
        return new ImageObjective(supernet, batch(), new ChannelConstants(scope, DataType.FLOAT32));
    }

    NDArray logits() {
        NDArray weights = point.mixing().weights(point.alphas().constant(scope), layout);
        return supernet.logits(
                batch().images(),
                weights,
                Pass.search(point.weights().constants(scope), new ChannelConstants(scope, DataType.FLOAT32)));
    }

    /** Tensors one after the other. */
    float[] joined(List<String> names) {
        float[] all = new float
                [names.stream().mapToInt(name -> file.floats(name).length).sum()];
        int from = 0;
        for (String name : names) {
            float[] values = file.floats(name);
            System.arraycopy(values, 0, all, from, values.length);
            from += values.length;
        }
        return all;
    }

    private DeviceBatch batch() {
        HostTensor x = file.tensor("x");
        return DeviceBatch.of(
                scope,
                x.floats(),
                file.tensor("y").longs(),
                x.shape().get(1),
                x.shape().get(2),
                x.shape().get(3));
    }

    @Override
    public void close() {
        scope.close();
    }
}
