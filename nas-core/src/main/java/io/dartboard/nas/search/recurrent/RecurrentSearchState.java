package io.dartboard.nas.search.recurrent;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.alpha.RecurrentAlphas;
import io.dartboard.nas.hypergradient.recurrent.RecurrentPoint;
import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.optim.Adam;
import io.dartboard.nas.optim.Sgd;
import io.dartboard.nas.supernet.recurrent.RecurrentAlphaVector;
import io.dartboard.nas.supernet.recurrent.RelaxedLanguageModel;
import io.dartboard.nas.tensor.ChannelConstants;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.HostTensor;
import io.dartboard.nas.tensor.ParameterVector;
import io.dartboard.nas.tensor.Torch;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All that a search for a recurrent cell changes as it goes, on one device: weights, alphas, the moments of their
 * optimiser, and the hidden states that the windows of both texts have left. SGD has no momentum, so it has no state.
 */
public final class RecurrentSearchState implements AutoCloseable {
    private static final String WEIGHT = "weight.";
    private static final String ALPHAS = "alpha.recurrent";
    private static final String HIDDEN_TRAIN = "hidden.train";
    private static final String HIDDEN_VALID = "hidden.valid";

    private final NDManager scope;
    private final RecurrentPoint point;
    private final Sgd sgd;
    private final Adam adam;
    private NDArray trainHidden; // (B, n)
    private NDArray validHidden; // (B, n)

    /**
     * A search that has not begun.
     *
     * @param weights in the order of the supernet's layout
     * @param type precision of everything; single, or double for checks
     */
    public RecurrentSearchState(
            Device device,
            RelaxedLanguageModel supernet,
            RecurrentSearchConfig config,
            float[] weights,
            RecurrentAlphas alphas,
            DataType type) {
        scope = Torch.open(device);
        ParameterVector vector = new ParameterVector(scope, supernet.layout(), weights, type);
        RecurrentAlphaVector alphaVector = new RecurrentAlphaVector(scope, supernet.space(), alphas, type);
        point = new RecurrentPoint(supernet, vector, alphaVector, new ChannelConstants(scope, type));
        sgd = new Sgd(scope, vector, 0, config.weightDecay());
        adam = new Adam(scope, alphaVector, config.alphas());
        trainHidden = scope.zeros(new Shape(config.batchSize(), config.width()), type);
        validHidden = scope.zeros(new Shape(config.batchSize(), config.width()), type);
    }

    /**
     * Continues from a snapshot, in single precision.
     *
     * @throws io.dartboard.nas.tensor.InvalidSafetensorsException if a tensor is missing
     * @throws IllegalArgumentException if a tensor is not of the supernet's size
     */
    static RecurrentSearchState restore(
            Device device, RelaxedLanguageModel supernet, RecurrentSearchConfig config, Snapshot snapshot) {
        float[] weights = supernet.layout().gather(WEIGHT, snapshot.content().tensors());
        RecurrentAlphas alphas =
                RecurrentAlphas.of(supernet.space(), snapshot.tensor(ALPHAS).floats());
        RecurrentSearchState state =
                new RecurrentSearchState(device, supernet, config, weights, alphas, DataType.FLOAT32);
        try {
            state.adam.restore(snapshot.content());
            state.leave(hidden(state, snapshot, HIDDEN_TRAIN, config), hidden(state, snapshot, HIDDEN_VALID, config));
        } catch (RuntimeException e) {
            state.close();
            throw e;
        }
        return state;
    }

    private static NDArray hidden(
            RecurrentSearchState state, Snapshot snapshot, String name, RecurrentSearchConfig config) {
        float[] values = snapshot.tensor(name).floats();
        return Copy.toDevice(state.scope, values, new Shape(config.batchSize(), config.width()));
    }

    /** A scope within this state's, for one step or one pass; the caller closes it. */
    public NDManager openScope() {
        return scope.newSubManager();
    }

    RecurrentPoint point() {
        return point;
    }

    Sgd sgd() {
        return sgd;
    }

    Adam adam() {
        return adam;
    }

    /** The hidden state that the windows of the training text have left, (B, n). */
    public NDArray trainHidden() {
        return trainHidden;
    }

    /** The hidden state that the windows of the validation text have left, (B, n). */
    public NDArray validHidden() {
        return validHidden;
    }

    /** Takes over the hidden states that a step has left: part of no graph, each (B, n). */
    public void leave(NDArray train, NDArray valid) {
        trainHidden.close();
        validHidden.close();
        trainHidden = Torch.into(scope, train);
        validHidden = Torch.into(scope, valid);
    }

    /** Forgets the hidden states, as at the begin of a text. */
    void forget() {
        leave(trainHidden.zerosLike(), validHidden.zerosLike());
    }

    /** The alphas on the heap; waits for the device. */
    RecurrentAlphas alphas() {
        return point.alphas().toAlphas();
    }

    /** Everything by name, for a snapshot; waits for the device. */
    Map<String, HostTensor> tensors() {
        Map<String, HostTensor> tensors = new LinkedHashMap<>();
        RecurrentAlphas alphas = alphas();
        tensors.put(
                ALPHAS,
                HostTensor.of(
                        alphas.toArray(), alphas.cell().edges(), alphas.cell().candidates()));
        tensors.putAll(adam.tensors());
        tensors.putAll(point.weights().named(WEIGHT));
        tensors.put(HIDDEN_TRAIN, HostTensor.of(trainHidden));
        tensors.put(HIDDEN_VALID, HostTensor.of(validHidden));
        return tensors;
    }

    @Override
    public void close() {
        scope.close();
    }
}
