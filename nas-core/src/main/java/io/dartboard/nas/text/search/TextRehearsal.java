package io.dartboard.nas.text.search;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.bilevel.Objective;
import io.dartboard.nas.bilevel.Rehearsal;
import io.dartboard.nas.bilevel.SearchMethod;
import io.dartboard.nas.bilevel.SearchOptimisers;
import io.dartboard.nas.optim.AdamSettings;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.tensor.ChannelConstants;
import io.dartboard.nas.tensor.DeviceTokens;
import io.dartboard.nas.tensor.ParameterLayout;
import io.dartboard.nas.text.search.TextObjective.MaskSource;
import io.dartboard.nas.text.supernet.RecurrentSupernet;
import java.util.List;
import java.util.random.RandomGenerator;

/** A tiny search for a recurrent cell on random words. */
public final class TextRehearsal implements Rehearsal {
    private static final int VOCABULARY = 7;
    private static final int WIDTH = 4;
    private static final int COLUMNS = 3;
    private static final int LENGTH = 3;
    private static final double LEARNING_RATE = 0.1;
    private static final SearchOptimisers OPTIMISERS =
            new SearchOptimisers(0, 0, 100, true, new AdamSettings(3e-3, 0.9, 0.999, 1e-3));
    // Without small weights every function looks like every other; these tell them apart.
    private static final double WEIGHT = 0.7;

    /** Spread over nodes, edges and candidates. */
    private static final List<Integer> SAMPLE = List.of(1, 4, 22, 48, 73, 101, 139, 177);

    private final RecurrentSupernet supernet = new RecurrentSupernet(RecurrentSpace.DARTS, VOCABULARY, WIDTH);

    @Override
    public RecurrentSpace space() {
        return RecurrentSpace.DARTS;
    }

    @Override
    public ParameterLayout weights(SearchMethod method) {
        return supernet.layout();
    }

    @Override
    public float[] initialWeights(ParameterLayout weights, RandomGenerator random) {
        return gaussians(random, weights.size());
    }

    @Override
    public SearchOptimisers optimisers() {
        return OPTIMISERS;
    }

    @Override
    public double learningRate() {
        return LEARNING_RATE;
    }

    @Override
    public List<Integer> sample() {
        return SAMPLE;
    }

    @Override
    public Objective objective(NDManager scope, RandomGenerator random, SearchMethod method) {
        long count = (long) LENGTH * COLUMNS;
        long[] words = random.longs(count, 0, VOCABULARY).toArray();
        long[] following = random.longs(count, 0, VOCABULARY).toArray();
        NDArray hidden = scope.zeros(new Shape(COLUMNS, WIDTH), DataType.FLOAT64);
        return new TextObjective(
                supernet,
                DeviceTokens.of(scope, words, following, LENGTH, COLUMNS),
                hidden,
                MaskSource.none(),
                0,
                TextObjective.NO_PENALTIES,
                new ChannelConstants(scope, DataType.FLOAT64));
    }

    private static float[] gaussians(RandomGenerator random, int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) (WEIGHT * random.nextGaussian());
        }
        return values;
    }
}
