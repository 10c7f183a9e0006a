package io.dartboard.nas.bilevel;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.dartboard.nas.setting.Checks;
import io.dartboard.nas.tensor.ParameterLayout;
import java.util.List;
import java.util.Optional;

/**
 * An operation is trained for as long as what it learns serves the validation data: until the gradients of its weights on
 * training batches have little in common with those on validation batches. From then on it would fit the training half alone,
 * and the alphas, which see the other, would turn to skip connections.
 *
 * <pre>
 *   cos_o = g_o . v_o / (|g_o| |v_o|),   g = dL_train(w, alpha')/dw,   v = dL_valid(w, alpha)/dw
 *   GM_o = mean of cos_o over {@code matchedSteps} steps that move the alphas;   o is frozen where GM_o &lt; freezeBelow
 * </pre>
 *
 * <p>{@code v} comes with the pass that the alpha step makes anyway. A step in which an operation has no gradient, since it was
 * not drawn, does not count for it. What is frozen rests for good, without momentum and weight decay, and the alphas go on.
 *
 * <p>Source: Jiang et al., <i>Operation-Level Early Stopping for Robustifying Differentiable NAS</i> (NeurIPS 2023), and the
 * authors' code, which departs from the paper and is not followed where it does: it compares the gradient of the step before
 * with the sum of that and the validation gradient, which it does not clear, so that all operations match too well; it takes the
 * cosine column by column of each kernel; it divides a sum of 21 by 20; and it leaves frozen weights to momentum and decay.
 * As in that code the skip connections of reductions are never frozen, though they have weights.
 *
 * @param freezeBelow cosine, in [-1, 1]; the authors use 0.4
 * @param matchedSteps between two looks; the authors use 20
 */
public record GradientMatching(double freezeBelow, int matchedSteps) implements OperationFreeze {
    public GradientMatching {
        if (!(freezeBelow >= -1 && freezeBelow <= 1)) {
            throw new IllegalArgumentException(
                    "freezeBelow must be a cosine, from -1 to 1 (was %s)".formatted(freezeBelow));
        }
        Checks.atLeast("matchedSteps", matchedSteps, 1, "so that there is something to match");
    }

    @Override
    public Optional<FrozenOperations> begin(
            NDManager scope, ParameterLayout layout, List<String> operations, DataType type) {
        return Optional.of(new FrozenOperations(scope, layout, operations, this, type));
    }

    @Override
    public Optional<String> unfitForRecurrentCells() {
        return Optional.of("their candidates have no weights of their own that could be frozen");
    }
}
