package io.dartboard.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.bilevel.AlternatingStep;
import io.dartboard.nas.bilevel.Moment;
import io.dartboard.nas.bilevel.Objective;
import io.dartboard.nas.bilevel.SearchMethod;
import io.dartboard.nas.bilevel.SearchMethods;
import io.dartboard.nas.bilevel.SearchState;
import io.dartboard.nas.image.search.ImageObjective;
import io.dartboard.nas.image.search.ImageSearch;
import io.dartboard.nas.image.search.SearchConfig;
import io.dartboard.nas.image.supernet.EdgeByEdge;
import io.dartboard.nas.image.supernet.Grouping;
import io.dartboard.nas.image.supernet.RelaxedNetwork;
import io.dartboard.nas.image.supernet.Supernet;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.nas.tensor.ChannelConstants;
import io.dartboard.nas.tensor.Copy;

/**
 * A step of a search on random images, half way through it: one on the alphas, one on the weights. A method that seldom moves
 * the alphas, or not from the start, takes cheaper steps between.
 */
final class SearchSubject implements Subject {
    private static final int CLASSES = 10;

    private final Network network;
    private final AlternatingStep step;
    private final RelaxedNetwork relaxed;
    private final SearchState state;
    private final ChannelConstants constants;
    private final RandomImages images;

    SearchSubject(Device device, SearchSpec spec) {
        this.network = spec.network();
        SearchConfig paper = SearchConfig.paperCifar10();
        RandomStreams streams = new RandomStreams(0);
        SearchMethod method = SearchMethods.of(spec.method(), ImageSearch.METHODS);
        this.step = new AlternatingStep(method, paper.optimisers(), streams);
        this.relaxed = relaxed(device, spec, method);
        float[] weights = relaxed.layout().initial(streams.stream("weights"));
        Alphas alphas = method.initial()
                .draw(CnnSpace.DARTS, method.alphas(CnnSpace.DARTS, spec.cells()), streams.stream("alphas"));
        this.state = new SearchState(device, relaxed.layout(), weights, alphas, paper.optimisers(), DataType.FLOAT32);
        this.constants = new ChannelConstants(state.scope(), DataType.FLOAT32);
        this.images = new RandomImages(spec.batch(), spec.side(), CLASSES, streams.stream("images"));
    }

    private static RelaxedNetwork relaxed(Device device, SearchSpec spec, SearchMethod method) {
        NetworkShape shape = CnnSpace.DARTS.shape(spec.channels(), spec.cells(), CLASSES);
        Grouping grouping = Grouping.on(device.isGpu(), spec.groupedBatch(), spec.side(), spec.side());
        return switch (spec.network()) {
            case ENGINE ->
                new Supernet(CnnSpace.DARTS, shape, RandomImages.CHANNELS, grouping, method.sharing(), method.edges());
            case PLAIN -> new EdgeByEdge(CnnSpace.DARTS, shape, RandomImages.CHANNELS);
        };
    }

    @Override
    public void step() {
        Moment moment = new Moment(1, 2, SearchConfig.paperCifar10().learningRate());
        try (NDManager scope = state.openScope()) {
            Objective train = batch(scope);
            try (NDManager inner = scope.newSubManager()) {
                step.alphaStep(inner, state, train, batch(inner), moment);
            }
            Copy.toHost(step.weightStep(scope, state, train, moment).loss());
        }
    }

    private Objective batch(NDManager scope) {
        return new ImageObjective(relaxed, images.on(scope, network), constants);
    }

    @Override
    public void close() {
        state.close();
    }
}
