package io.dartboard.nas.hypergradient;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.hypergradient.Derivatives.Wanted;
import io.dartboard.nas.ops.Pass;
import io.dartboard.nas.supernet.AlphaVector;
import io.dartboard.nas.supernet.RelaxedNetwork;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.ChannelConstants;
import io.dartboard.nas.tensor.DeviceBatch;
import io.dartboard.nas.tensor.Functional;
import io.dartboard.nas.tensor.Leaves;
import io.dartboard.nas.tensor.ParameterVector;
import io.dartboard.nas.tensor.Torch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a bilevel search stands: a network with its weights {@code w} and its alphas.
 *
 * @param constants on the device of both
 */
public record BilevelPoint(
        RelaxedNetwork network, ParameterVector weights, AlphaVector alphas, ChannelConstants constants) {

    /** Logits of a batch with weights that need no gradient and given alphas: (N, classes). */
    public NDArray logits(NDManager scope, DeviceBatch batch, NDArray alphaValues) {
        return logits(batch, weights.constants(), alphaValues);
    }

    /** The mean cross entropy of a batch at these alphas and at some weights (size): a single number in a scope. */
    public NDArray loss(NDManager scope, NDArray weightValues, DeviceBatch batch) {
        try (NDManager pass = scope.newSubManager();
                Autograd.Mode paused = Autograd.paused()) {
            DeviceBatch local = batch.in(pass);
            NDArray logits = logits(local, constants(pass, weightValues), alphas.constant(pass));
            return Torch.into(scope, Functional.crossEntropy(logits, local.labels()));
        }
    }

    /**
     * The mean cross entropy of a batch at these alphas and at some weights, and its derivatives.
     *
     * @param scope takes the results; everything else is freed
     * @param weightValues (size), the weights themselves or others in their place
     */
    public Derivatives differentiate(NDManager scope, NDArray weightValues, DeviceBatch batch, Wanted wanted) {
        try (NDManager pass = scope.newSubManager();
                Autograd.Mode recording = Autograd.recording()) {
            DeviceBatch local = batch.in(pass);
            NDArray alphaValues = wanted.alphas() ? alphas.leaf(pass) : alphas.constant(pass);
            Leaves leaves = wanted.weights() ? weights.at(weightValues).leaves(pass) : constants(pass, weightValues);
            NDArray logits = logits(local, leaves, alphaValues);
            NDArray loss = Functional.crossEntropy(logits, local.labels());
            List<NDArray> sought = new ArrayList<>();
            if (wanted.alphas()) {
                sought.add(alphaValues);
            }
            if (wanted.weights()) {
                sought.add(leaves.vector());
            }
            List<NDArray> gradients = Autograd.gradients(loss, sought.toArray(NDArray[]::new));
            gradients.forEach(gradient -> gradient.attach(scope));
            return new Derivatives(
                    Autograd.constant(scope, loss),
                    Autograd.constant(scope, logits),
                    wanted.alphas() ? Optional.of(gradients.get(0)) : Optional.empty(),
                    wanted.weights() ? Optional.of(gradients.get(gradients.size() - 1)) : Optional.empty());
        }
    }

    /** As {@link #differentiate(NDManager, NDArray, DeviceBatch, Wanted)} at the weights as they are. */
    public Derivatives differentiate(NDManager scope, DeviceBatch batch, Wanted wanted) {
        return differentiate(scope, weights.values(), batch, wanted);
    }

    /** The mean cross entropy of a batch as a function of the weights. */
    public Objective objective(DeviceBatch batch) {
        return (scope, weightValues, wanted) -> differentiate(scope, weightValues, batch, wanted);
    }

    private Leaves constants(NDManager pass, NDArray weightValues) {
        boolean own = weightValues == weights.values();
        return own ? weights.constants() : weights.at(weightValues).constants(pass);
    }

    private NDArray logits(DeviceBatch batch, Leaves weightLeaves, NDArray alphaValues) {
        return network.logits(batch.images(), alphaValues, Pass.search(weightLeaves, constants));
    }
}
