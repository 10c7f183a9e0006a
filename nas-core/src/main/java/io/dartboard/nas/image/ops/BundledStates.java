package io.dartboard.nas.image.ops;

import ai.djl.ndarray.NDArray;

/** What a bundle reads in one pass: the states its edges come from, rectified and joined by channel. They stay open. */
public interface BundledStates {
    /** (N, edges * C, H, W). */
    NDArray rectified();

    /** Whether the {@linkplain io.dartboard.nas.tensor.Phases phases} of an image have one size. */
    boolean hasPhases();

    /** The four phases: (4N, edges * C, H / 2, W / 2). */
    NDArray phases();

    /** The pixels of even row and column: (N, edges * C, H / 2, W / 2). */
    NDArray even();

    /** The pixels of odd row and column: (N, edges * C, H / 2, W / 2). */
    NDArray odd();
}
