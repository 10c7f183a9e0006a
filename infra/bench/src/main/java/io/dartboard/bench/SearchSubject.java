package io.dartboard.bench;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.hypergradient.FirstOrder;
import io.dartboard.nas.hypergradient.Hypergradient;
import io.dartboard.nas.hypergradient.Unrolled;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.search.AlternatingStep;
import io.dartboard.nas.search.SearchConfig;
import io.dartboard.nas.search.SearchState;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.nas.supernet.EdgeByEdge;
import io.dartboard.nas.supernet.Grouping;
import io.dartboard.nas.supernet.RelaxedNetwork;
import io.dartboard.nas.supernet.Supernet;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.DeviceBatch;
import io.dartboard.nas.tensor.Torch;
import java.util.random.RandomGenerator;

/** A step of a search on random images: one on the alphas, one on the weights. */
final class SearchSubject implements Subject {
    /** How the supernet is computed. */
    enum Network {
        /** As the product does. */
        ENGINE,
        /** Edge by edge in the default layout: the paper's formulas, one operation after the other. */
        PLAIN
    }

    /** Which hypergradient. */
    enum Order {
        FIRST,
        SECOND
    }

    private static final int CLASSES = 10;
    private static final int CHANNELS = 3;

    private final SearchSize size;
    private final Network network;
    private final AlternatingStep step;
    private final SearchState state;
    private final float[] images;
    private final long[] labels;

    SearchSubject(SearchSize size, Network network, Order order) {
        this.size = size;
        this.network = network;
        SearchConfig paper = SearchConfig.paperCifar10();
        Hypergradient hypergradient = order == Order.FIRST ? new FirstOrder() : new Unrolled();
        this.step = new AlternatingStep(hypergradient, paper.gradientClip());
        RandomStreams streams = new RandomStreams(0);
        RelaxedNetwork relaxed = relaxed();
        float[] weights = relaxed.layout().initial(streams.stream("weights"));
        Alphas alphas = Alphas.initial(CnnSpace.DARTS, streams.stream("alphas"));
        this.state = new SearchState(Torch.device("cpu"), relaxed, paper, weights, alphas, DataType.FLOAT32);
        RandomGenerator random = streams.stream("images");
        this.images = new float[size.batch() * CHANNELS * size.side() * size.side()];
        for (int i = 0; i < images.length; i++) {
            images[i] = (float) random.nextGaussian();
        }
        this.labels = new long[size.batch()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = random.nextInt(CLASSES);
        }
    }

    private RelaxedNetwork relaxed() {
        NetworkShape shape = new NetworkShape(size.channels(), size.cells(), CLASSES);
        return switch (network) {
            case ENGINE ->
                new Supernet(
                        CnnSpace.DARTS,
                        shape,
                        CHANNELS,
                        Grouping.cached(size.groupedBatch(), size.side(), size.side()));
            case PLAIN -> new EdgeByEdge(CnnSpace.DARTS, shape, CHANNELS);
        };
    }

    @Override
    public void step() {
        double learningRate = SearchConfig.paperCifar10().learningRate();
        try (NDManager scope = state.openScope()) {
            DeviceBatch train = batch(scope);
            step.alphaStep(scope, state, train, batch(scope), learningRate);
            Copy.toHost(step.weightStep(scope, state, train, learningRate).loss());
        }
    }

    private DeviceBatch batch(NDManager scope) {
        if (network == Network.ENGINE) {
            return DeviceBatch.of(scope, images, labels, CHANNELS, size.side(), size.side());
        }
        Shape shape = new Shape(size.batch(), CHANNELS, size.side(), size.side());
        return new DeviceBatch(Copy.toDevice(scope, images, shape), Copy.toDevice(scope, labels));
    }

    @Override
    public void close() {
        state.close();
    }
}
