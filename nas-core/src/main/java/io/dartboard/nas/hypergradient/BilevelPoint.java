package io.dartboard.nas.hypergradient;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.ops.Pass;
import io.dartboard.nas.supernet.AlphaVector;
import io.dartboard.nas.supernet.Supernet;
import io.dartboard.nas.tensor.ChannelConstants;
import io.dartboard.nas.tensor.DeviceBatch;
import io.dartboard.nas.tensor.Leaves;
import io.dartboard.nas.tensor.ParameterVector;

/**
 * Where a bilevel search stands: a network with its weights {@code w} and its alphas.
 *
 * @param constants on the device of both
 */
public record BilevelPoint(Supernet supernet, ParameterVector weights, AlphaVector alphas, ChannelConstants constants) {

    /** Logits of a batch with weights that need no gradient and given alphas. */
    public NDArray logits(NDManager scope, DeviceBatch batch, NDArray alphaValues) {
        return logits(batch, weights.constants(scope), alphaValues);
    }

    /** Logits of a batch with given weights and alphas: (N, classes). */
    public NDArray logits(DeviceBatch batch, Leaves weightLeaves, NDArray alphaValues) {
        return supernet.logits(batch.images(), alphaValues, Pass.search(weightLeaves, constants));
    }
}
