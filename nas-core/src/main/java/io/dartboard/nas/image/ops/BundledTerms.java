package io.dartboard.nas.image.ops;

import ai.djl.ndarray.NDArray;

/** What the candidates of a bundle add to a node. Every term is a fresh array that no derivative reads again. */
public interface BundledTerms {
    /** Adds (N, edges * C, H', W'), which is taken over. */
    void add(NDArray term);

    /** Adds what lies as {@linkplain io.dartboard.nas.tensor.Phases phases}, (4N, edges * C, H / 2, W / 2), likewise. */
    void addPhases(NDArray term);
}
