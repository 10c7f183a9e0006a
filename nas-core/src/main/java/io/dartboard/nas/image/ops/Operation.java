package io.dartboard.nas.image.ops;

import ai.djl.ndarray.NDArray;

/** A candidate operation with its place among the weights. It keeps the channels and divides the resolution by its stride. */
public sealed interface Operation permits Rectified, Pool, Identity, Zero {
    /** Maps (N, C, H, W) to (N, C', H / stride, W / stride). */
    NDArray apply(NDArray x, Pass pass);
}
