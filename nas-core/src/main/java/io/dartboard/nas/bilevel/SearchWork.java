package io.dartboard.nas.bilevel;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.alpha.AlphaMatrix;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.alpha.Entropy;
import io.dartboard.nas.alpha.KeptCandidates;
import io.dartboard.nas.alpha.ParameterFreeEdges;
import io.dartboard.nas.alpha.SkipMass;
import io.dartboard.nas.bilevel.SearchFeed.Training;
import io.dartboard.nas.derive.Derivation;
import io.dartboard.nas.derive.DiscreteMixture;
import io.dartboard.nas.derive.Projection;
import io.dartboard.nas.loop.EpochWork;
import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.loop.SnapshotIdentity;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.HostTensor;
import io.dartboard.nas.tensor.Safetensors;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A search as the work of an engine: for each training batch one alpha step on a validation batch, then one weight step. It
 * never goes back: a search that is no longer finite ends, for it would be so again.
 */
final class SearchWork implements EpochWork<SearchReport>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SearchWork.class);
    private static final String EIGENVECTOR = "eigenvector";

    private final SignSchedule signs;
    private final SearchStep stepper;
    private Stage stage;
    private SearchSetup setup; // in this stage, as all that follows
    private SearchFeed feed;
    private SearchState state;
    private EpochSums sums;
    private ProjectionPlan plan;
    private Projection projection;

    /** What a stage of a search begins with. */
    private record Begun(SearchSetup setup, SearchFeed feed, SearchState state, EpochSums sums) {}

    private SearchWork(Stage stage, Begun begun, SignSchedule signs, Projection projection) {
        this.stage = stage;
        this.setup = begun.setup();
        this.signs = signs;
        this.stepper = new AlternatingStep(setup.method(), setup.optimisers(), new RandomStreams(setup.seed()));
        this.feed = begun.feed();
        this.state = begun.state();
        this.sums = begun.sums();
        this.plan = setup.projection(stage);
        this.projection = projection;
        if (plan.rounds() > 0) {
            state.decided(setup.space(), projection);
        }
    }

    /**
     * Weights and alphas from the seed.
     *
     * @throws IllegalArgumentException if there is too little data
     */
    static SearchWork fresh(SearchSetup setup, SignSchedule signs) {
        Stage first = setup.stage(0);
        return new SearchWork(first, begin(setup, first, KeptCandidates.ALL), signs, Projection.NONE);
    }

    /** Weights and alphas of a stage from the seed. */
    private static Begun begin(SearchSetup whole, Stage stage, KeptCandidates kept) {
        SearchSetup setup = whole.in(stage, kept);
        RandomStreams streams = new RandomStreams(setup.seed());
        Alphas alphas = setup.method()
                .initial()
                .draw(setup.space(), setup.alphas(), streams.stream("alphas", stage.index(), 0));
        SearchState state = new SearchState(
                setup.device(),
                setup.weights(),
                setup.weights().initial(streams.stream("weights", stage.index(), 0)),
                kept.over(alphas),
                setup.optimisers(),
                DataType.FLOAT32);
        try {
            state.freeze(setup.method().freeze(), setup.operations());
            SearchFeed feed = setup.open(state.scope());
            return new Begun(setup, feed, state, new EpochSums(state.scope(), setup.alphas(), feed.countsRight()));
        } catch (RuntimeException e) {
            state.close();
            throw e;
        }
    }

    /**
     * What a snapshot of the same search holds.
     *
     * @throws IllegalArgumentException if it is damaged
     */
    static SearchWork restore(SearchSetup whole, SignSchedule signs, Snapshot snapshot) {
        Stage stage = whole.stage(snapshot.epoch());
        SearchSetup setup = stage.index() == 0
                ? whole
                : whole.in(stage, KeptCandidates.of(SearchState.alphas(whole.alphas(), snapshot)));
        SearchState state =
                SearchState.restore(setup.device(), setup.weights(), setup.alphas(), setup.optimisers(), snapshot);
        try {
            state.freeze(setup.method().freeze(), setup.operations());
            state.frozen().ifPresent(each -> each.restore(snapshot, state.sgd()));
            SearchFeed feed = setup.open(state.scope());
            feed.restore(snapshot);
            EpochSums sums = EpochSums.restore(state.scope(), setup.alphas(), feed.countsRight(), snapshot);
            return new SearchWork(
                    stage,
                    new Begun(setup, feed, state, sums),
                    signs,
                    ProjectionTensors.restore(setup.space(), setup.alphas(), snapshot));
        } catch (RuntimeException e) {
            state.close();
            throw e;
        }
    }

    SearchState state() {
        return state;
    }

    @Override
    public int epochs() {
        return setup.epochs();
    }

    @Override
    public int steps(int epoch) {
        return feed.steps(epoch);
    }

    @Override
    public long stepsBefore(int epoch) {
        return feed.stepsBefore(epoch);
    }

    @Override
    public SnapshotIdentity identity() {
        return setup.identity();
    }

    @Override
    public Steps open(int epoch, int step) {
        SearchFeed.Steps fed = feed.open(epoch, step);
        return new Steps() {
            private int at = step;

            @Override
            public Step next() {
                SearchFeed.Step next = fed.next();
                return new FedStep(next, moment(epoch, at++, next.rate()));
            }

            @Override
            public void close() {
                fed.close();
            }
        };
    }

    private Moment moment(int epoch, int step, double rate) {
        return new Moment(
                epoch - stage.first(),
                plan.searching(),
                step,
                feed.stepsBefore(epoch) - feed.stepsBefore(stage.first()) + step,
                setup.learningRate(epoch) * rate);
    }

    private final class FedStep implements Step {
        private final SearchFeed.Step fed;
        private final Moment moment;

        FedStep(SearchFeed.Step fed, Moment moment) {
            this.fed = fed;
            this.moment = moment;
        }

        @Override
        public int count() {
            return fed.count();
        }

        @Override
        public void take() {
            step(fed, moment);
        }
    }

    private void step(SearchFeed.Step next, Moment moment) {
        try (NDManager scope = state.openScope()) {
            Training training = next.training(scope);
            Optional<Hypergradient.Estimate> alpha = setup.method().movesAlphas(moment)
                    ? Optional.of(alphaStep(scope, next, training.ahead(), moment))
                    : Optional.empty();
            SearchStep.WeightStep weight = stepper.weightStep(scope, state, training.descent(), moment);
            sums.add(alpha, weight, next.count(), next.right(weight.beside()));
            next.done(weight.beside(), alpha.map(Hypergradient.Estimate::beside));
        }
    }

    private Hypergradient.Estimate alphaStep(NDManager scope, SearchFeed.Step next, Objective ahead, Moment moment) {
        try (NDManager inner = scope.newSubManager()) {
            Hypergradient.Estimate alpha = stepper.alphaStep(inner, state, ahead, next.validation(inner), moment);
            return alpha.into(scope);
        }
    }

    /** @throws SearchDivergedException if a loss or an alpha gradient is no longer finite */
    @Override
    public Optional<WayBack> look(int epoch, int step) {
        finiteTotals(epoch, step);
        return Optional.empty();
    }

    @Override
    public Optional<SearchReport> judge(int epoch, BooleanSupplier wantsStop) {
        EpochSums.Totals totals = finiteTotals(epoch, steps(epoch));
        BilevelPoint point = setup.method().judged(state.point(), moment(epoch, steps(epoch), 1));
        return feed.judge(state.scope(), point, epoch, wantsStop).flatMap(valid -> decided(epoch, point, wantsStop)
                .flatMap(decided -> signs(epoch, point, valid, decided, wantsStop)
                        .map(measured -> report(epoch, totals, valid, measured, decided))));
    }

    /** What is decided with this epoch's round, if one follows it; empty if the search shall stop first. */
    private Optional<Projection> decided(int epoch, BilevelPoint point, BooleanSupplier wantsStop) {
        OptionalInt round = plan.roundAfter(epoch - stage.first());
        if (round.isEmpty()) {
            return Optional.of(projection);
        }
        PerturbationSelection selection =
                new PerturbationSelection(setup.space(), setup.alphas(), new RandomStreams(setup.seed()));
        return selection.decide(
                round.getAsInt(), projection, weights(point), mixture -> mixedBy(mixture, epoch, point, wantsStop));
    }

    /** What a point mixes by. */
    private float[] weights(BilevelPoint point) {
        try (NDManager scope = state.openScope()) {
            return Copy.toHost(point.relaxed(scope).alphas().values());
        }
    }

    /** What is measured after an epoch; empty if the search shall stop first. */
    private Optional<SearchReport.Signs> signs(
            int epoch, BilevelPoint point, Fit valid, Projection decided, BooleanSupplier wantsStop) {
        Derivation derivation = decided.derive(
                setup.method()
                        .discretization()
                        .rule(setup.space(), setup.method().relaxation()),
                state.alphas());
        Optional<PowerIteration.Found> eigenvalue = Optional.empty();
        if (signs.measuresEigenvalue(epoch + 1, steps(epoch))) {
            eigenvalue = eigenvalue(epoch, point, wantsStop);
            if (eigenvalue.isEmpty()) {
                return Optional.empty();
            }
        }
        OptionalDouble gap = OptionalDouble.empty();
        if (valid.accuracy().isPresent() && signs.measuresGap(epoch + 1)) {
            float[] mixture = DiscreteMixture.of(setup.space(), setup.alphas(), derivation.architecture());
            Optional<Fit> discrete = mixedBy(mixture, epoch, point, wantsStop);
            if (discrete.isEmpty()) {
                return Optional.empty();
            }
            gap = OptionalDouble.of(
                    valid.accuracy().getAsDouble() - discrete.get().accuracy().orElseThrow());
        }
        OptionalInt skips = derivation
                .indicators()
                .map(each -> OptionalInt.of(each.normalSkips()))
                .orElse(OptionalInt.empty());
        return Optional.of(new SearchReport.Signs(skips, eigenvalue, gap));
    }

    private Optional<PowerIteration.Found> eigenvalue(int epoch, BilevelPoint point, BooleanSupplier wantsStop) {
        try (NDManager scope = state.openScope()) {
            return new AlphaHessian(point, feed.signs(scope, epoch), AlphaHessian.SINGLE_PRECISION_RADIUS)
                    .largestEigenvalue(
                            scope,
                            PowerIteration.USUAL,
                            new RandomStreams(setup.seed()).stream(EIGENVECTOR, epoch, 0),
                            wantsStop);
        }
    }

    /** The supernet mixed by given weights, judged as it is by its own. */
    private Optional<Fit> mixedBy(float[] mixture, int epoch, BilevelPoint point, BooleanSupplier wantsStop) {
        try (NDManager scope = state.openScope()) {
            BilevelPoint cut = setup.method().discrete(point, Copy.toDevice(scope, mixture, new Shape(mixture.length)));
            return feed.judge(scope, cut, epoch, wantsStop);
        }
    }

    private SearchReport report(
            int epoch, EpochSums.Totals totals, Fit valid, SearchReport.Signs measured, Projection decided) {
        Alphas alphas = state.alphas();
        Map<String, SearchReport.GroupReport> groups = new LinkedHashMap<>();
        for (AlphaLayout.Group group : setup.alphas().ofCandidates().groups()) {
            AlphaMatrix matrix = alphas.of(group.name());
            groups.put(
                    group.name(),
                    new SearchReport.GroupReport(
                            totals.gradientNorm(group.name()),
                            Entropy.of(matrix, setup.method().relaxation()),
                            ParameterFreeEdges.count(setup.space(), matrix),
                            SkipMass.of(setup.space(), matrix, setup.method().relaxation())));
        }
        return new SearchReport(
                epoch,
                setup.learningRate(epoch),
                feed.stepsBefore(epoch + 1),
                totals.train(),
                valid,
                alphas,
                groups,
                measured,
                state.frozen().map(FrozenOperations::told),
                decided,
                stage);
    }

    /** How many of the first steps of an epoch have moved the alphas. */
    private long alphaSteps(int epoch, int steps) {
        return IntStream.range(0, steps)
                .filter(step -> setup.method().movesAlphas(moment(epoch, step, 1)))
                .count();
    }

    private EpochSums.Totals finiteTotals(int epoch, int step) {
        EpochSums.Totals totals = sums.totals(alphaSteps(epoch, step));
        if (!totals.finite()) {
            throw new SearchDivergedException(epoch, step, totals.train().loss());
        }
        return totals;
    }

    @Override
    public void endEpoch(SearchReport report) {
        sums.clear();
        if (!report.projection().equals(projection)) {
            projection = report.projection();
            state.decided(setup.space(), projection);
        }
        int next = report.epoch() + 1;
        if (next < epochs() && !stage.has(next)) {
            enter(setup.stage(next), report.alphas());
        }
    }

    /** Begins a stage with what the alphas at the end of the one before have left. */
    private void enter(Stage next, Alphas alphas) {
        KeptCandidates kept = setup.method()
                .stages()
                .after(stage.index(), alphas, setup.method().relaxation());
        state.close(); // before there is another supernet beside it
        Begun begun = begin(setup, next, kept);
        stage = next;
        setup = begun.setup();
        feed = begun.feed();
        state = begun.state();
        sums = begun.sums();
        plan = setup.projection(stage);
        LOG.info(
                "stage {} of {} begins, with {} cells and no more than {} of {} candidates on an edge",
                stage.index() + 1,
                setup.method().stages().count(),
                setup.cells(),
                kept.most(setup.space().candidateCount()),
                setup.space().candidateCount());
    }

    @Override
    public Safetensors content() {
        Map<String, HostTensor> tensors = new LinkedHashMap<>(state.tensors());
        tensors.putAll(feed.carried());
        tensors.putAll(sums.tensors());
        tensors.putAll(ProjectionTensors.of(setup.alphas(), projection));
        return new Safetensors(tensors, Map.of());
    }

    @Override
    public void close() {
        state.close();
    }
}
