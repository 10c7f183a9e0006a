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

/**
 * Where a bilevel search stands: weights {@code w} and alphas, and how these mix candidates in the passes to come.
 */
public record BilevelPoint(ParameterVector weights, AlphaVector alphas, Mixing mixing) {
    /** Mixed by a softmax. */
    public BilevelPoint(ParameterVector weights, AlphaVector alphas) {
        this(weights, alphas, Mixing.SOFTMAX);
    }

    /** The same, mixed otherwise. */
    public BilevelPoint mixedBy(Mixing other) {
        return new BilevelPoint(weights, alphas, other);
    }

    /** The same with other values in the place of the alphas: one each, which are not copied. */
    public BilevelPoint with(NDArray values) {
        return new BilevelPoint(weights, new AlphaVector(alphas.layout(), values), mixing);
    }

    /**
     * The same with the mixing weights themselves in the place of the alphas.
     *
     * @param scope takes them
     */
    BilevelPoint relaxed(NDManager scope) {
        return with(mixing.relaxed(alphas.constant(scope), alphas.layout())).mixedBy(mixing.given());
    }

    private NDArray mixture(NDArray alphaValues) {
        return mixing.weights(alphaValues, alphas.layout());
    }

    /** A pass with these weights and alphas, of which no gradient is wanted; all that it makes lies in the scope. */
    public Objective.Seen see(NDManager scope, Objective objective) {
        return objective.see(scope, weights.constants(scope), mixture(alphas.constant(scope)));
    }

    /** The loss at these alphas and at some weights (size): a single number in a scope. */
    public NDArray loss(NDManager scope, Objective objective, NDArray weightValues) {
        try (NDManager pass = scope.newSubManager();
                Autograd.Mode paused = Autograd.paused()) {
            return Torch.into(
                    scope,
                    objective
                            .see(pass, weights.at(weightValues).constants(pass), mixture(alphas.constant(pass)))
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
            Objective.Seen seen = objective.see(pass, leaves, mixture(alphaValues));
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
