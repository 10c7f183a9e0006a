package io.dartboard.nas.bilevel;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.alpha.KeptCandidates;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.searchspace.SearchSpace;
import io.dartboard.nas.tensor.ParameterLayout;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** A search so small that a known-answer check can rehearse a step of it: what a kind of data supplies to its self-test. */
public interface Rehearsal {
    /** Of all that is drawn. */
    long SEED = 1;

    /** Its state, in double precision; the caller closes it. */
    default SearchState open(Device device, SearchMethod method) {
        RandomStreams streams = new RandomStreams(SEED);
        ParameterLayout weights = weights(method);
        return new SearchState(
                device,
                weights,
                initialWeights(weights, streams.stream("weights")),
                kept(method).over(Alphas.initial(alphas(method), streams.stream("alphas"))),
                optimisers(),
                DataType.FLOAT64);
    }

    /** The architecture parameters of a method. */
    default AlphaLayout alphas(SearchMethod method) {
        return method.alphas(space(), cells());
    }

    /** Which candidates the edges have left; of a search in stages those of a later one. */
    default KeptCandidates kept(SearchMethod method) {
        return KeptCandidates.ALL;
    }

    /** Cells of the supernet. */
    default int cells() {
        return 1;
    }

    /** What is searched. */
    SearchSpace space();

    /** The supernet's weights. */
    ParameterLayout weights(SearchMethod method);

    /** One value per weight; at random, as they lie. */
    float[] initialWeights(ParameterLayout weights, RandomGenerator random);

    /** The loss of a batch drawn at random, which lives as long as a scope, of the supernet of a method. */
    Objective objective(NDManager scope, RandomGenerator random, SearchMethod method);

    /** The loss of a training batch, which lives as long as the state. */
    default Objective train(SearchState state, SearchMethod method) {
        return objective(state.scope(), new RandomStreams(SEED).stream("train"), method);
    }

    /** The loss of a validation batch, which lives as long as the state. */
    default Objective valid(SearchState state, SearchMethod method) {
        return objective(state.scope(), new RandomStreams(SEED).stream("valid"), method);
    }

    /** How it steps: with a clip that no gradient of it reaches, because a clipped gradient is the slope of nothing. */
    SearchOptimisers optimisers();

    /** Of the weights. */
    double learningRate();

    /** Entries of the alpha vector whose derivative is checked, spread over edges and candidates. */
    List<Integer> sample();

    /** {@link #sample}, as far as it is not dropped, and, of a method whose edges have parameters of their own, the last of these. */
    default List<Integer> sample(SearchMethod method) {
        AlphaLayout alphas = alphas(method);
        float[] left =
                kept(method).over(Alphas.of(alphas, new float[alphas.size()])).toArray();
        List<Integer> there = sample().stream()
                .filter(entry -> !KeptCandidates.isDropped(left[entry]))
                .toList();
        return alphas.size() == alphas.ofCandidates().size()
                ? there
                : Stream.concat(there.stream(), Stream.of(alphas.ofCandidates().size(), alphas.size() - 1))
                        .toList();
    }
}
