package io.dartboard.nas.image.supernet;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.image.ops.Pass;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.tensor.ParameterLayout;

/**
 * The continuous relaxation of every network of a space. It is a description; weights and mixing weights come with each pass.
 * Statistics are always the batch's.
 */
public interface RelaxedNetwork {
    /** The space it relaxes. */
    CnnSpace space();

    /** Where each weight lies. */
    ParameterLayout layout();

    /**
     * One pass.
     *
     * @param images (N, channels, H, W); H and W must halve evenly twice
     * @param mixture what it mixes by, as {@link io.dartboard.nas.bilevel.Mixing} lays it out
     * @return logits (N, classes)
     */
    NDArray logits(NDArray images, NDArray mixture, Pass pass);
}
