package io.dartboard.nas.bilevel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.bilevel.Derivatives.Wanted;
import io.dartboard.nas.tensor.AlphaVector;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.Leaves;
import io.dartboard.nas.tensor.ParameterVector;
import io.dartboard.nas.tensor.Torch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where a bilevel search stands: weights {@code w} and alphas. */
public record BilevelPoint(ParameterVector weights, AlphaVector alphas) {

    /** A pass with these weights and alphas, of which no gradient is wanted; all that it makes lies in the scope. */
    public Objective.Seen see(NDManager scope, Objective objective) {
        return objective.see(scope, weights.constants(scope), alphas.constant(scope));
    }

    /** The loss at these alphas and at some weights (size): a single number in a scope. */
    public NDArray loss(NDManager scope, Objective objective, NDArray weightValues) {
        try (NDManager pass = scope.newSubManager();
                Autograd.Mode paused = Autograd.paused()) {
            return Torch.into(
                    scope,
                    objective
                            .see(pass, weights.at(weightValues).constants(pass), alphas.constant(pass))
                            .loss());
        }
    }

    /**
     * The loss at these alphas and at some weights, and its derivatives.
     *
     * @param scope takes the results; everything else is freed
     * @param weightValues (size), the weights themselves or others in their place
     */
    public Derivatives differentiate(NDManager scope, Objective objective, NDArray weightValues, Wanted wanted) {
        try (NDManager pass = scope.newSubManager();
                Autograd.Mode recording = Autograd.recording()) {
            NDArray alphaValues = wanted.alphas() ? alphas.leaf(pass) : alphas.constant(pass);
            Leaves leaves = wanted.weights()
                    ? weights.at(weightValues).leaves(pass)
                    : weights.at(weightValues).constants(pass);
            Objective.Seen seen = objective.see(pass, leaves, alphaValues);
            List<NDArray> sought = new ArrayList<>();
            if (wanted.alphas()) {
                sought.add(alphaValues);
            }
            if (wanted.weights()) {
                sought.add(leaves.vector());
            }
            List<NDArray> gradients = Autograd.gradients(seen.loss(), sought.toArray(NDArray[]::new));
            gradients.forEach(gradient -> gradient.attach(scope));
            NDList beside = new NDList();
            seen.beside().forEach(each -> beside.add(Autograd.constant(scope, each)));
            return new Derivatives(
                    Autograd.constant(scope, seen.told()),
                    beside,
                    wanted.alphas() ? Optional.of(gradients.get(0)) : Optional.empty(),
                    wanted.weights() ? Optional.of(gradients.get(gradients.size() - 1)) : Optional.empty());
        }
    }

    /** As {@link #differentiate(NDManager, Objective, NDArray, Wanted)} at the weights as they are. */
    public Derivatives differentiate(NDManager scope, Objective objective, Wanted wanted) {
        return differentiate(scope, objective, weights.values(), wanted);
    }
}
