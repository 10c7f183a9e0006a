package io.dartboard.nas.bilevel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.optim.Sgd;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.HostTensor;
import io.dartboard.nas.tensor.LeafGroups;
import io.dartboard.nas.tensor.ParameterLayout;
import io.dartboard.nas.tensor.Scalars;
import io.dartboard.nas.tensor.Torch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which operations of a supernet are frozen by {@link GradientMatching}, and how well the gradients of the others have matched
 * since the last look. All of it stays on the device: no step waits for a number.
 */
final class FrozenOperations {
    private static final String MATCHED = "freeze.matched"; // (operations), sum of cosines since the last look
    private static final String SEEN = "freeze.seen"; // (operations), how many these are
    private static final String TRAINED = "freeze.trained"; // (operations), 0 for one that is frozen, else 1
    private static final String STEPS = "freeze.steps"; // since the last look
    // Keeps quotients finite where there is no gradient; what they multiply is 0 then.
    private static final double SMALLEST = 1e-30;

    private final NDManager scope;
    private final GradientMatching rule;
    private final LeafGroups operations;
    private NDArray matched;
    private NDArray seen;
    private NDArray trained;
    private int steps;
    private Optional<NDArray> valid = Optional.empty(); // of the alpha step, until the weights' step

    /** None is frozen, and nothing has been matched. */
    FrozenOperations(
            NDManager scope, ParameterLayout layout, List<String> names, GradientMatching rule, DataType type) {
        this.scope = scope;
        this.rule = rule;
        this.operations = new LeafGroups(scope, layout, names);
        Shape each = new Shape(operations.count());
        this.matched = scope.zeros(each, type);
        this.seen = scope.zeros(each, type);
        this.trained = scope.ones(each, type);
    }

    /**
     * Goes on from a snapshot.
     *
     * @throws io.dartboard.nas.tensor.InvalidSafetensorsException if a tensor is missing
     */
    void restore(Snapshot snapshot, Sgd sgd) {
        matched = replaced(matched, snapshot, MATCHED);
        seen = replaced(seen, snapshot, SEEN);
        trained = replaced(trained, snapshot, TRAINED);
        steps = Math.toIntExact(snapshot.tensor(STEPS).longs()[0]);
        rest(sgd);
    }

    /** What is frozen rests from now on. */
    void rest(Sgd sgd) {
        sgd.rest(operations.spread(trained, 1));
    }

    private NDArray replaced(NDArray old, Snapshot snapshot, String name) {
        NDArray restored = Copy.toDevice(scope, snapshot.tensor(name).floats(), old.getShape());
        old.close();
        return restored;
    }

    /** Everything by name, for a snapshot; waits for the device. */
    Map<String, HostTensor> tensors() {
        Map<String, HostTensor> tensors = new LinkedHashMap<>();
        tensors.put(MATCHED, HostTensor.of(matched));
        tensors.put(SEEN, HostTensor.of(seen));
        tensors.put(TRAINED, HostTensor.of(trained));
        tensors.put(STEPS, HostTensor.of(new long[] {steps}, 1));
        return tensors;
    }

    /** How many are frozen; waits for the device. */
    SearchReport.Frozen told() {
        try (NDArray sum = trained.sum()) {
            int others = Math.toIntExact(Math.round(Copy.scalar(sum)));
            return new SearchReport.Frozen(operations.count() - others, operations.count());
        }
    }

    /** Keeps the gradient of the weights, (size), that the alpha step saw, until their own step. */
    void validated(NDArray gradient) {
        valid.ifPresent(NDArray::close);
        valid = Optional.of(Torch.into(scope, gradient));
    }

    /**
     * Matches the gradient of a weight step with that of the alpha step before it, if there was one, and freezes what has matched
     * too little when it is time for a look.
     *
     * @param gradient (size), as it comes from the training batch; it is not changed
     * @param sgd whose weights rest from now on where they are frozen
     */
    void trained(NDArray gradient, Sgd sgd) {
        if (valid.isEmpty()) {
            return;
        }
        try (NDArray against = valid.get();
                NDManager way = scope.newSubManager()) {
            valid = Optional.empty();
            match(way, gradient, against);
        }
        steps++;
        if (steps == rule.matchedSteps()) {
            look();
            rest(sgd);
        }
    }

    private void match(NDManager way, NDArray train, NDArray against) {
        NDArray dot = operations.sums(Torch.into(way, train.mul(against)));
        NDArray ofTrain = operations.sums(Torch.into(way, train.square())).sqrt();
        NDArray ofValid = operations.sums(Torch.into(way, against.square())).sqrt();
        NDArray lengths = ofTrain.mul(ofValid);
        NDArray smallest = Scalars.of(way, SMALLEST, lengths.getDataType());
        matched.addi(dot.div(lengths.maximum(smallest)));
        seen.addi(lengths.gt(smallest).toType(lengths.getDataType(), false));
    }

    private void look() {
        try (NDManager way = scope.newSubManager()) {
            DataType type = matched.getDataType();
            // One that was never seen has matched by 0 of 0 steps, and is not judged.
            NDArray missing =
                    Torch.into(way, Scalars.times(seen, rule.freezeBelow())).sub(matched);
            trained.muli(missing.lte(Scalars.of(way, 0, type)).toType(type, false));
        }
        Scalars.timesInPlace(matched, 0);
        Scalars.timesInPlace(seen, 0);
        steps = 0;
    }
}
