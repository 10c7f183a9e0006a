package io.dartboard.nas.search;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.dartboard.nas.alpha.AlphaMatrix;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.hypergradient.BilevelPoint;
import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.optim.Adam;
import io.dartboard.nas.optim.Sgd;
import io.dartboard.nas.supernet.AlphaVector;
import io.dartboard.nas.supernet.RelaxedNetwork;
import io.dartboard.nas.tensor.ChannelConstants;
import io.dartboard.nas.tensor.HostTensor;
import io.dartboard.nas.tensor.ParameterVector;
import io.dartboard.nas.tensor.Torch;
import java.util.LinkedHashMap;
import java.util.Map;

/** All that a search changes as it goes: weights, alphas and the state of both optimisers, on one device. */
public final class SearchState implements AutoCloseable {
    private static final String WEIGHT = "weight.";
    private static final String ALPHA_NORMAL = "alpha.normal";
    private static final String ALPHA_REDUCE = "alpha.reduce";
    private static final String MOMENTUM = "sgd.momentum";

    private final NDManager scope;
    private final BilevelPoint point;
    private final Sgd sgd;
    private final Adam adam;

    /**
     * A search that has not begun.
     *
     * @param weights in the order of the supernet's layout
     * @param type precision of everything; single, or double for checks
     */
    public SearchState(
            Device device, RelaxedNetwork network, SearchConfig config, float[] weights, Alphas alphas, DataType type) {
        scope = Torch.open(device);
        ParameterVector vector = new ParameterVector(scope, network.layout(), weights, type);
        AlphaVector alphaVector = new AlphaVector(scope, network.space(), alphas, type);
        point = new BilevelPoint(network, vector, alphaVector, new ChannelConstants(scope, type));
        sgd = new Sgd(scope, vector, config.momentum(), config.weightDecay());
        adam = new Adam(scope, alphaVector, config.alphas());
    }

    /**
     * Continues from a snapshot, in single precision.
     *
     * @throws io.dartboard.nas.tensor.InvalidSafetensorsException if a tensor is missing
     * @throws IllegalArgumentException if a tensor is not of the supernet's size
     */
    public static SearchState restore(Device device, RelaxedNetwork network, SearchConfig config, Snapshot snapshot) {
        float[] weights = network.layout().gather(WEIGHT, snapshot.content().tensors());
        Alphas alphas = new Alphas(matrix(snapshot.tensor(ALPHA_NORMAL)), matrix(snapshot.tensor(ALPHA_REDUCE)));
        SearchState state = new SearchState(device, network, config, weights, alphas, DataType.FLOAT32);
        try {
            state.sgd.restore(snapshot.tensor(MOMENTUM).floats());
            state.adam.restore(snapshot.content());
        } catch (RuntimeException e) {
            state.close();
            throw e;
        }
        return state;
    }

    /** A scope within this state's, for one step or one pass; the caller closes it. */
    public NDManager openScope() {
        return scope.newSubManager();
    }

    /** Network, weights and alphas. */
    public BilevelPoint point() {
        return point;
    }

    Sgd sgd() {
        return sgd;
    }

    Adam adam() {
        return adam;
    }

    NDManager scope() {
        return scope;
    }

    /** The alphas on the heap; waits for the device. */
    public Alphas alphas() {
        return point.alphas().toAlphas();
    }

    /** Everything by name, for a snapshot; waits for the device. */
    Map<String, HostTensor> tensors() {
        Map<String, HostTensor> tensors = new LinkedHashMap<>();
        Alphas alphas = alphas();
        tensors.put(ALPHA_NORMAL, tensor(alphas.normal()));
        tensors.put(ALPHA_REDUCE, tensor(alphas.reduce()));
        tensors.putAll(adam.tensors());
        tensors.putAll(point.weights().named(WEIGHT));
        tensors.put(MOMENTUM, sgd.momentumBuffer());
        return tensors;
    }

    private static HostTensor tensor(AlphaMatrix matrix) {
        return HostTensor.of(matrix.toArray(), matrix.edges(), matrix.candidates());
    }

    private static AlphaMatrix matrix(HostTensor tensor) {
        if (tensor.shape().size() != 2) {
            throw new IllegalArgumentException("alphas must have two axes (had shape %s)".formatted(tensor.shape()));
        }
        return AlphaMatrix.of(tensor.shape().get(0), tensor.shape().get(1), tensor.floats());
    }

    @Override
    public void close() {
        scope.close();
    }
}
