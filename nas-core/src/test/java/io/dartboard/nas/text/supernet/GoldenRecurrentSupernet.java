package io.dartboard.nas.text.supernet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import io.dartboard.nas.GoldenTensors;
import io.dartboard.nas.TestDevice;
import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.searchspace.CellShape;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.tensor.AlphaVector;
import io.dartboard.nas.tensor.ChannelConstants;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.DeviceTokens;
import io.dartboard.nas.tensor.HostTensor;
import io.dartboard.nas.tensor.ParameterVector;
import io.dartboard.nas.tensor.Torch;

/** The recurrent supernet of the golden file with its stored weights, alphas and windows, in a precision. */
public final class GoldenRecurrentSupernet implements AutoCloseable {
    private final GoldenTensors file = GoldenTensors.read("rnn_search.safetensors");
    private final NDManager scope = Torch.open(TestDevice.get());
    private final DataType type;
    private final RecurrentSpace space;
    private final RecurrentSupernet supernet;
    private final ParameterVector weights;
    private final AlphaVector alphas;
    private final ChannelConstants constants;

    public GoldenRecurrentSupernet(DataType type) {
        this.type = type;
        JsonNode config = file.json("config");
        int nodes = config.get("STEPS").asInt();
        space = new RecurrentSpace("golden", RecurrentSpace.DARTS.candidates(), new CellShape(1, nodes));
        supernet = new RecurrentSupernet(
                space, config.get("ntoken").asInt(), config.get("nhid").asInt());
        weights = new ParameterVector(scope, supernet.layout(), gather("w."), type);
        Alphas stored = Alphas.of(AlphaLayout.sharedByKind(space), floats("alpha"));
        alphas = new AlphaVector(scope, stored, type);
        constants = new ChannelConstants(scope, type);
    }

    public NDManager scope() {
        return scope;
    }

    public RecurrentSpace space() {
        return space;
    }

    public RecurrentSupernet supernet() {
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

    /** A tensor; in double precision the file's own of that precision, where it has one. */
    public float[] floats(String name) {
        String wide = name + ".f64";
        boolean isWide = type == DataType.FLOAT64 && file.names().contains(wide);
        return file.floats(isWide ? wide : name);
    }

    public float[] gather(String prefix) {
        return file.gather(supernet.layout(), prefix);
    }

    public DeviceTokens tokens(String which) {
        HostTensor x = file.tensor("x_" + which);
        return DeviceTokens.of(
                scope,
                x.longs(),
                file.tensor("y_" + which).longs(),
                x.shape().get(0),
                x.shape().get(1));
    }

    public NDArray hidden(String which) {
        HostTensor h = file.tensor("h0_" + which);
        Shape shape = new Shape(h.shape().get(1), h.shape().get(2));
        return Copy.toDevice(scope, h.floats(), shape).toType(type, false);
    }

    @Override
    public void close() {
        scope.close();
    }
}
