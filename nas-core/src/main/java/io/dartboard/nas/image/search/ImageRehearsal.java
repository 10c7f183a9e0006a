package io.dartboard.nas.image.search;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.alpha.KeptCandidates;
import io.dartboard.nas.bilevel.Objective;
import io.dartboard.nas.bilevel.Rehearsal;
import io.dartboard.nas.bilevel.SearchMethod;
import io.dartboard.nas.bilevel.SearchOptimisers;
import io.dartboard.nas.image.ops.SkipMasks;
import io.dartboard.nas.image.supernet.Grouping;
import io.dartboard.nas.image.supernet.Supernet;
import io.dartboard.nas.image.supernet.SupernetStage;
import io.dartboard.nas.optim.AdamSettings;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.nas.tensor.ChannelConstants;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.DeviceBatch;
import io.dartboard.nas.tensor.ParameterLayout;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** A tiny search for convolutional cells on noise. */
public final class ImageRehearsal implements Rehearsal {
    private static final int CLASSES = 3;
    private static final int CHANNELS = 3;
    private static final int CELLS = 3;
    private static final int WIDTH = 4;
    private static final int SIDE = 8;
    private static final int COUNT = 4;
    private static final double LEARNING_RATE = 1e-3;
    private static final SearchOptimisers OPTIMISERS =
            new SearchOptimisers(0.9, 3e-4, 5, false, new AdamSettings(3e-4, 0.5, 0.999, 1e-3));

    /** Some of each cell, spread over edges and candidates. */
    private static final List<Integer> SAMPLE = List.of(1, 20, 63, 111, 114, 150, 190, 223);

    /** Of a search in stages the one that is rehearsed. */
    private static final int STAGE = 1;

    private Supernet supernet(SearchMethod method) {
        return new Supernet(
                CnnSpace.DARTS,
                new NetworkShape(WIDTH, CELLS, CLASSES),
                CHANNELS,
                Grouping.unbounded(),
                method.sharing(),
                method.edges(),
                new SupernetStage(kept(method), skipDropout(method) > 0));
    }

    @Override
    public KeptCandidates kept(SearchMethod method) {
        return method.stages().count() == 1
                ? KeptCandidates.ALL
                : method.stages()
                        .after(
                                STAGE - 1,
                                Alphas.initial(alphas(method), new RandomStreams(SEED).stream("kept")),
                                method.relaxation());
    }

    private static double skipDropout(SearchMethod method) {
        return method.stages().count() == 1 ? 0 : method.stages().skipDropout(STAGE);
    }

    @Override
    public int cells() {
        return CELLS;
    }

    @Override
    public CnnSpace space() {
        return CnnSpace.DARTS;
    }

    @Override
    public ParameterLayout weights(SearchMethod method) {
        return supernet(method).layout();
    }

    @Override
    public float[] initialWeights(ParameterLayout weights, RandomGenerator random) {
        return weights.initial(random);
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
        double[] images = new double[COUNT * CHANNELS * SIDE * SIDE];
        for (int i = 0; i < images.length; i++) {
            images[i] = random.nextGaussian();
        }
        long[] labels = new long[COUNT];
        for (int i = 0; i < COUNT; i++) {
            labels[i] = random.nextInt(CLASSES);
        }
        DeviceBatch batch = new DeviceBatch(
                Copy.toDevice(scope, images, new Shape(COUNT, CHANNELS, SIDE, SIDE)), Copy.toDevice(scope, labels));
        Supernet network = supernet(method);
        Optional<SkipMasks> masks = network.skipDropouts() == 0
                ? Optional.empty()
                : Optional.of(SkipMasks.draw(
                        scope,
                        random,
                        skipDropout(method),
                        network.skipDropouts(),
                        COUNT * WIDTH * SIDE * SIDE,
                        DataType.FLOAT64));
        return new ImageObjective(network, batch, new ChannelConstants(scope, DataType.FLOAT64), masks);
    }
}
