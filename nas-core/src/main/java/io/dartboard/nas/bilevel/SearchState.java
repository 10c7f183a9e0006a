package io.dartboard.nas.bilevel;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.alpha.AlphaMatrix;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.alpha.KeptCandidates;
import io.dartboard.nas.derive.Projection;
import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.optim.Adam;
import io.dartboard.nas.optim.Sgd;
import io.dartboard.nas.searchspace.SearchSpace;
import io.dartboard.nas.tensor.AlphaVector;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.HostTensor;
import io.dartboard.nas.tensor.ParameterLayout;
import io.dartboard.nas.tensor.ParameterVector;
import io.dartboard.nas.tensor.Torch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All that a search of any kind changes as it goes: weights, alphas and the state of both optimisers, on one device. */
public final class SearchState implements AutoCloseable {
    private static final String WEIGHT = "weight.";
    private static final String ALPHA = "alpha.";
    private static final String MOMENTUM = "sgd.momentum";

    private final NDManager scope;
    private BilevelPoint point;
    private final Sgd sgd;
    private final Adam adam;
    private Optional<FrozenOperations> frozen = Optional.empty();

    /**
     * A search that has not begun.
     *
     * @param weights in the order of their layout
     * @param type precision of everything; single, or double for checks
     */
    public SearchState(
            Device device,
            ParameterLayout layout,
            float[] weights,
            Alphas alphas,
            SearchOptimisers optimisers,
            DataType type) {
        scope = Torch.open(device);
        ParameterVector vector = new ParameterVector(scope, layout, weights, type);
        point = new BilevelPoint(vector, new AlphaVector(scope, alphas, type));
        sgd = new Sgd(scope, vector, optimisers.momentum(), optimisers.weightDecay());
        adam = new Adam(scope, point.alphas(), optimisers.alphas(), moved(scope, alphas, type));
    }

    /** Dropped candidates have no alpha that could move; empty where there are none. */
    private static Optional<NDArray> moved(NDManager scope, Alphas alphas, DataType type) {
        float[] values = alphas.toArray();
        boolean all = true;
        for (int i = 0; i < values.length; i++) {
            all &= !KeptCandidates.isDropped(values[i]);
            values[i] = KeptCandidates.isDropped(values[i]) ? 0 : 1;
        }
        return all
                ? Optional.empty()
                : Optional.of(
                        Copy.toDevice(scope, values, new Shape(values.length)).toType(type, false));
    }

    /**
     * Continues from a snapshot, in single precision.
     *
     * @throws io.dartboard.nas.tensor.InvalidSafetensorsException if a tensor is missing
     * @throws IllegalArgumentException if a tensor is not of its layout's size
     */
    public static SearchState restore(
            Device device,
            ParameterLayout layout,
            AlphaLayout alphaLayout,
            SearchOptimisers optimisers,
            Snapshot snapshot) {
        float[] weights = layout.gather(WEIGHT, snapshot.content().tensors());
        SearchState state =
                new SearchState(device, layout, weights, alphas(alphaLayout, snapshot), optimisers, DataType.FLOAT32);
        try {
            if (state.sgd.remembers()) {
                state.sgd.restore(snapshot.tensor(MOMENTUM).floats());
            }
            state.adam.restore(snapshot.content());
        } catch (RuntimeException e) {
            state.close();
            throw e;
        }
        return state;
    }

    /**
     * The alphas of a snapshot.
     *
     * @throws io.dartboard.nas.tensor.InvalidSafetensorsException if some are missing
     * @throws IllegalArgumentException if they are not of the layout's size
     */
    static Alphas alphas(AlphaLayout layout, Snapshot snapshot) {
        Map<String, AlphaMatrix> alphas = new LinkedHashMap<>();
        layout.groups().forEach(group -> {
            HostTensor stored = snapshot.tensor(ALPHA + group.name());
            alphas.put(group.name(), AlphaMatrix.of(group.edges(), group.candidates(), stored.floats()));
        });
        return new Alphas(alphas);
    }

    /** What this state lives in. */
    public NDManager scope() {
        return scope;
    }

    /** A scope within this state's, for one step or one pass; the caller closes it. */
    public NDManager openScope() {
        return scope.newSubManager();
    }

    /** Weights and alphas. */
    public BilevelPoint point() {
        return point;
    }

    /** From now on what has been decided stands in the mixing weights, in the place of what had been before. */
    void decided(SearchSpace space, Projection projection) {
        point.mixing().projected().ifPresent(ProjectedMixture::close);
        AlphaLayout layout = point.alphas().layout();
        point = point.mixedBy(point.mixing().projected(ProjectedMixture.of(scope, space, layout, projection)));
    }

    /** From now on operations may be frozen, as a method has it. */
    void freeze(OperationFreeze freeze, List<String> operations) {
        frozen = freeze.begin(
                scope,
                point.weights().layout(),
                operations,
                point.weights().values().getDataType());
        frozen.ifPresent(each -> each.rest(sgd));
    }

    /** Which are, where a method freezes any. */
    Optional<FrozenOperations> frozen() {
        return frozen;
    }

    /** The weights' optimiser. */
    public Sgd sgd() {
        return sgd;
    }

    Adam adam() {
        return adam;
    }

    /** The alphas on the heap; waits for the device. */
    public Alphas alphas() {
        return point.alphas().toAlphas();
    }

    /** Everything by name, for a snapshot; waits for the device. */
    Map<String, HostTensor> tensors() {
        Map<String, HostTensor> tensors = new LinkedHashMap<>();
        alphas().groups().forEach((group, matrix) -> tensors.put(ALPHA + group, tensor(matrix)));
        tensors.putAll(adam.tensors());
        tensors.putAll(point.weights().named(WEIGHT));
        if (sgd.remembers()) {
            tensors.put(MOMENTUM, sgd.momentumBuffer());
        }
        frozen.ifPresent(each -> tensors.putAll(each.tensors()));
        return tensors;
    }

    private static HostTensor tensor(AlphaMatrix matrix) {
        return HostTensor.of(matrix.toArray(), matrix.edges(), matrix.candidates());
    }

    @Override
    public void close() {
        scope.close();
    }
}
