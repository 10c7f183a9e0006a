package io.dartboard.nas.image.ops;

import ai.djl.ndarray.NDArray;

/**
 * A candidate with weights on every edge of a bundle at once. All channels of the first edge come first, then those of the
 * second, and so on; convolutions keep them apart in groups, and normalisation never mixes channels anyway. As the last
 * normalisation has no parameters, its gain takes in the candidate's weight in the mixed operation.
 */
public interface BundledOperation {
    /**
     * Adds the candidate of every edge to what the bundle sums up.
     *
     * @param gain weight of the candidate on each edge, repeated for every channel: (edges * C)
     */
    void addTo(BundledTerms sum, BundledStates input, NDArray gain, Pass pass);
}
