package io.dartboard.bench;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
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

/** A step of a search on random images: one on the alphas, one on the weights. */
final class SearchSubject implements Subject {
    private static final int CLASSES = 10;

    private final Network network;
    private final AlternatingStep step;
    private final SearchState state;
    private final RandomImages images;

    SearchSubject(SearchSpec spec) {
        this.network = spec.network();
        SearchConfig paper = SearchConfig.paperCifar10();
        Hypergradient hypergradient = spec.order() == Order.FIRST ? new FirstOrder() : new Unrolled();
        this.step = new AlternatingStep(hypergradient, paper.gradientClip());
        RandomStreams streams = new RandomStreams(0);
        RelaxedNetwork relaxed = relaxed(spec);
        float[] weights = relaxed.layout().initial(streams.stream("weights"));
        Alphas alphas = Alphas.initial(CnnSpace.DARTS, streams.stream("alphas"));
        this.state = new SearchState(Torch.device("cpu"), relaxed, paper, weights, alphas, DataType.FLOAT32);
        this.images = new RandomImages(spec.batch(), spec.side(), CLASSES, streams.stream("images"));
    }

    private static RelaxedNetwork relaxed(SearchSpec spec) {
        NetworkShape shape = new NetworkShape(spec.channels(), spec.cells(), CLASSES);
        Grouping grouping = Grouping.cached(spec.groupedBatch(), spec.side(), spec.side());
        return switch (spec.network()) {
            case ENGINE -> new Supernet(CnnSpace.DARTS, shape, RandomImages.CHANNELS, grouping);
            case PLAIN -> new EdgeByEdge(CnnSpace.DARTS, shape, RandomImages.CHANNELS);
        };
    }

    @Override
    public void step() {
        double learningRate = SearchConfig.paperCifar10().learningRate();
        try (NDManager scope = state.openScope()) {
            DeviceBatch train = images.on(scope, network);
            step.alphaStep(scope, state, train, images.on(scope, network), learningRate);
            Copy.toHost(step.weightStep(scope, state, train, learningRate).loss());
        }
    }

    @Override
    public void close() {
        state.close();
    }
}
