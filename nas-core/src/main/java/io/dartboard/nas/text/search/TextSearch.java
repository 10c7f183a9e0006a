package io.dartboard.nas.text.search;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.dartboard.nas.bilevel.ProjectionPlan;
import io.dartboard.nas.bilevel.SearchFeed;
import io.dartboard.nas.bilevel.SearchMethod;
import io.dartboard.nas.bilevel.SearchMethods;
import io.dartboard.nas.bilevel.SearchOptimisers;
import io.dartboard.nas.bilevel.SearchSetup;
import io.dartboard.nas.bilevel.Unrolled;
import io.dartboard.nas.loop.SnapshotIdentity;
import io.dartboard.nas.provenance.Fingerprint;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.tensor.ChannelConstants;
import io.dartboard.nas.tensor.ParameterLayout;
import io.dartboard.nas.text.data.TextCorpus;
import io.dartboard.nas.text.supernet.RecurrentSupernet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A search for a recurrent cell. The training text trains the weights, the validation text the alphas; the test text is
 * not read.
 */
public final class TextSearch implements SearchSetup {
    /** The second order with every defect of the authors' code, to repeat their numbers. */
    public static final SearchMethod DARTS_AS_PUBLISHED = new SearchMethod(
            "darts-second-order-as-published", new PublishedUnrolled(new Unrolled(), PublishedDefects.ALL));

    /** The methods that can be asked for. */
    public static final List<SearchMethod> METHODS = Stream.concat(
                    SearchMethods.recurrent().stream(), Stream.of(DARTS_AS_PUBLISHED))
            .toList();

    private final Device device;
    private final RecurrentSpace space;
    private final SearchMethod method;
    private final RecurrentSearchConfig config;
    private final TextCorpus corpus;
    private final long seed;
    private final RecurrentSupernet supernet;

    /**
     * Puts a search together.
     *
     * @param seed of all randomness
     * @throws IllegalArgumentException if the method needs more epochs
     */
    public TextSearch(
            Device device,
            RecurrentSpace space,
            SearchMethod method,
            RecurrentSearchConfig config,
            TextCorpus corpus,
            long seed) {
        method.require(space, config.epochs());
        this.device = device;
        this.space = space;
        this.method = method;
        this.config = config;
        this.corpus = corpus;
        this.seed = seed;
        this.supernet = new RecurrentSupernet(space, corpus.vocabulary(), config.width());
    }

    @Override
    public Device device() {
        return device;
    }

    @Override
    public RecurrentSpace space() {
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
    public double learningRate(int epoch) {
        return epoch < projection().searching()
                ? config.learningRate()
                : config.learningRate() / ProjectionPlan.TUNING_DIVISOR;
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
    public SearchFeed open(NDManager scope) {
        return new TextFeed(scope, supernet, new ChannelConstants(scope, DataType.FLOAT32), config, corpus, seed);
    }

    @Override
    public SnapshotIdentity identity() {
        Fingerprint settings = method.in(Fingerprint.EMPTY)
                .with("space", space.id())
                .with("config", config)
                .with("data", corpus.digest())
                .with("seed", seed);
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
                        "search.corpus",
                        corpus.digest(),
                        "search.seed",
                        Long.toString(seed)));
    }
}
