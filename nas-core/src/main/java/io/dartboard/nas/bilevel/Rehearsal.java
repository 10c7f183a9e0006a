package io.dartboard.nas.bilevel;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.searchspace.SearchSpace;
import io.dartboard.nas.tensor.DeviceRelaxation;
import io.dartboard.nas.tensor.ParameterLayout;
import java.util.List;
import java.util.random.RandomGenerator;

/** A search so small that a known-answer check can rehearse a step of it: what a kind of data supplies to its self-test. */
public interface Rehearsal {
    /** Of all that is drawn. */
    long SEED = 1;

    /** Its state, in double precision; the caller closes it. */
    default SearchState open(Device device) {
        RandomStreams streams = new RandomStreams(SEED);
        return new SearchState(
                device,
                weights(),
                initialWeights(streams.stream("weights")),
                Alphas.initial(AlphaLayout.sharedByKind(space()), streams.stream("alphas")),
                optimisers(),
                DataType.FLOAT64);
    }

    /** What is searched. */
    SearchSpace space();

    /** The supernet's weights. */
    ParameterLayout weights();

    /** One value per weight; at random, as they lie. */
    float[] initialWeights(RandomGenerator random);

    /** The loss of a batch drawn at random, which lives as long as a scope, of a supernet that is relaxed so. */
    Objective objective(NDManager scope, RandomGenerator random, DeviceRelaxation relaxation);

    /** The loss of a training batch, which lives as long as the state. */
    default Objective train(SearchState state, DeviceRelaxation relaxation) {
        return objective(state.scope(), new RandomStreams(SEED).stream("train"), relaxation);
    }

    /** The loss of a validation batch, which lives as long as the state. */
    default Objective valid(SearchState state, DeviceRelaxation relaxation) {
        return objective(state.scope(), new RandomStreams(SEED).stream("valid"), relaxation);
    }

    /** How it steps: with a clip that no gradient of it reaches, because a clipped gradient is the slope of nothing. */
    SearchOptimisers optimisers();

    /** Of the weights. */
    double learningRate();

    /** Entries of the alpha vector whose derivative is checked, spread over edges and candidates. */
    List<Integer> sample();
}
