package io.dartboard.nas.image.search;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.dartboard.nas.alpha.KeptCandidates;
import io.dartboard.nas.bilevel.SearchFeed;
import io.dartboard.nas.bilevel.SearchMethod;
import io.dartboard.nas.bilevel.SearchMethods;
import io.dartboard.nas.bilevel.SearchOptimisers;
import io.dartboard.nas.bilevel.SearchSetup;
import io.dartboard.nas.bilevel.Stage;
import io.dartboard.nas.image.data.LabelledImages;
import io.dartboard.nas.image.supernet.Grouping;
import io.dartboard.nas.image.supernet.RelaxedNetwork;
import io.dartboard.nas.image.supernet.SupernetStage;
import io.dartboard.nas.loop.SnapshotIdentity;
import io.dartboard.nas.provenance.Fingerprint;
import io.dartboard.nas.searchspace.ConvolutionalSpace;
import io.dartboard.nas.tensor.ChannelConstants;
import io.dartboard.nas.tensor.ParameterLayout;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A search for convolutional cells. */
public final class ImageSearch implements SearchSetup {
    /**
     * The methods that can be asked for: those of every kind of data, and those whose cells
     * may lack nodes or differ from place to place.
     */
    public static final List<SearchMethod> METHODS = Stream.concat(
                    SearchMethods.SHARED.stream(),
                    Stream.of(
                            SearchMethods.FAIR_DARTS,
                            SearchMethods.FAIR_DARTS_EDGE,
                            SearchMethods.D_DARTS,
                            SearchMethods.D_DARTS_EDGE,
                            SearchMethods.D_DARTS_ABLATION,
                            SearchMethods.DARTOPTI,
                            SearchMethods.DARTOPTI_EDGE))
            .toList();

    private final Device device;
    private final ConvolutionalSpace space;
    private final SearchMethod method;
    private final SearchConfig config;
    private final SearchImages images;
    private final long seed;
    private final int loaderThreads;
    private final Stage stage;
    private final RelaxedNetwork supernet;

    /**
     * Puts a search together.
     *
     * @param seed of all randomness
     * @param loaderThreads threads that load and augment images ahead; they do not change the result
     * @throws IllegalArgumentException if the method cannot search the space, or there is no supernet of that many cells
     */
    public ImageSearch(
            Device device,
            ConvolutionalSpace space,
            SearchMethod method,
            SearchConfig config,
            SearchImages images,
            long seed,
            int loaderThreads) {
        this(
                device,
                space,
                method,
                config,
                images,
                seed,
                loaderThreads,
                required(space, method, config),
                KeptCandidates.ALL);
    }

    /** The first stage, if the search can be. */
    private static Stage required(ConvolutionalSpace space, SearchMethod method, SearchConfig config) {
        method.require(space);
        method.require(space, config.epochs());
        config.requireCells(space, method.stages());
        return method.stages().at(0, config.epochs());
    }

    private ImageSearch(
            Device device,
            ConvolutionalSpace space,
            SearchMethod method,
            SearchConfig config,
            SearchImages images,
            long seed,
            int loaderThreads,
            Stage stage,
            KeptCandidates kept) {
        this.device = device;
        this.space = space;
        this.method = method;
        this.config = config;
        this.images = images;
        this.seed = seed;
        this.loaderThreads = loaderThreads;
        this.stage = stage;
        LabelledImages train = images.train();
        Grouping grouping = Grouping.on(device.isGpu(), config.batchSize(), train.height(), train.width());
        this.supernet = RelaxedNetwork.of(
                space,
                space.shape(config.channels(), cells(), train.classes()),
                train.channels(),
                grouping,
                method.sharing(),
                method.edges(),
                new SupernetStage(kept, method.stages().skipDropout(stage.index()) > 0));
    }

    @Override
    public ImageSearch in(Stage other, KeptCandidates kept) {
        return other.equals(stage) && kept.equals(KeptCandidates.ALL)
                ? this
                : new ImageSearch(device, space, method, config, images, seed, loaderThreads, other, kept);
    }

    @Override
    public Device device() {
        return device;
    }

    @Override
    public ConvolutionalSpace space() {
        return space;
    }

    @Override
    public SearchMethod method() {
        return method;
    }

    @Override
    public long seed() {
        return seed;
    }

    @Override
    public int epochs() {
        return config.epochs();
    }

    @Override
    public int cells() {
        return method.stages().cells(stage.index(), config.cells());
    }

    @Override
    public double learningRate(int epoch) {
        Stage its = stage(epoch);
        return config.schedule(projection(its)).at(epoch - its.first());
    }

    @Override
    public SearchOptimisers optimisers() {
        return config.optimisers();
    }

    @Override
    public ParameterLayout weights() {
        return supernet.layout();
    }

    @Override
    public List<String> operations() {
        return supernet.operations();
    }

    @Override
    public SearchFeed open(NDManager scope) {
        return new ImageFeed(
                scope,
                supernet,
                new ChannelConstants(scope, DataType.FLOAT32),
                images,
                config.batchSize(),
                method,
                stage,
                projection(stage).searching(),
                seed,
                loaderThreads);
    }

    @Override
    public SnapshotIdentity identity() {
        Fingerprint settings = method.in(Fingerprint.EMPTY)
                .with("space", space.id())
                .with("config", config)
                .with("data", images.digest())
                .with("seed", seed)
                .with("images.train", images.train().size())
                .with("images.valid", images.valid().size());
        return new SnapshotIdentity(
                "search",
                settings,
                Map.of(
                        "search.space",
                        space.id(),
                        "search.method",
                        method.id(),
                        "search.config",
                        Fingerprint.textOfOld(config),
                        "search.seed",
                        Long.toString(seed)));
    }
}
