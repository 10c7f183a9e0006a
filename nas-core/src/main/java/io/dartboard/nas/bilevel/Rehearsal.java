package io.dartboard.nas.bilevel;

import ai.djl.Device;
import java.util.List;

/** A search so small that a known-answer check can rehearse a step of it: what a kind of data supplies to its self-test. */
public interface Rehearsal {
    /** Its state, in double precision; the caller closes it. */
    SearchState open(Device device);

    /** The loss of a training batch, which lives as long as the state. */
    Objective train(SearchState state);

    /** The loss of a validation batch, which lives as long as the state. */
    Objective valid(SearchState state);

    /** How it steps: with a clip that no gradient of it reaches, because a clipped gradient is the slope of nothing. */
    SearchOptimisers optimisers();

    /** Of the weights. */
    double learningRate();

    /** Entries of the alpha vector whose derivative is checked, spread over edges and candidates. */
    List<Integer> sample();
}
