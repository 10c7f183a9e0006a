package io.dartboard.nas.bilevel;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.alpha.Entropy;
import io.dartboard.nas.alpha.ParameterFreeEdges;
import io.dartboard.nas.bilevel.SearchFeed.Training;
import io.dartboard.nas.loop.Directive;
import io.dartboard.nas.loop.LoopObserver;
import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.loop.SnapshotIdentity;
import io.dartboard.nas.loop.StepReport;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.HostTensor;
import io.dartboard.nas.tensor.Safetensors;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A search of any kind from its first step, or from a snapshot, to its last. For each training batch: one alpha step on a
 * validation batch, then one weight step. What it does is a pure function of its setup; on a CPU a resumed search is bit by
 * bit the one that was never stopped. Used by one thread.
 *
 * <p>Source: DARTS (arXiv 1806.09055), algorithm 1.
 */
public final class SearchLoop implements AutoCloseable {
    /** So often a step is followed by a look at the sums: seldom enough to cost nothing where the device runs ahead. */
    private static final int STEPS_BETWEEN_LOOKS = 64;

    private final SearchSetup setup;
    private final SearchStep stepper;
    private final SearchFeed feed;
    private final SearchState state;
    private final EpochSums sums;
    private int epoch;
    private int step; // equal to the epoch's number of steps once only its validation is left

    private SearchLoop(SearchSetup setup, SearchFeed feed, SearchState state, EpochSums sums, int epoch, int step) {
        this.setup = setup;
        this.stepper = new AlternatingStep(
                setup.method().hypergradient(), setup.method().penalty(), setup.optimisers());
        this.feed = feed;
        this.state = state;
        this.sums = sums;
        this.epoch = epoch;
        this.step = step;
    }

    /**
     * A search from the start; weights and alphas come from the seed.
     *
     * @throws IllegalArgumentException if there is too little data
     */
    public static SearchLoop start(SearchSetup setup) {
        RandomStreams streams = new RandomStreams(setup.seed());
        SearchState state = new SearchState(
                setup.device(),
                setup.weights(),
                setup.weights().initial(streams.stream("weights")),
                Alphas.initial(setup.alphas(), streams.stream("alphas")),
                setup.optimisers(),
                DataType.FLOAT32);
        try {
            SearchFeed feed = setup.open(state.scope());
            EpochSums sums = new EpochSums(state.scope(), setup.alphas(), feed.countsRight());
            return new SearchLoop(setup, feed, state, sums, 0, 0);
        } catch (RuntimeException e) {
            state.close();
            throw e;
        }
    }

    /**
     * A search from what an earlier attempt has kept; from the start where that is nothing, or nothing of this search.
     *
     * @param kept a snapshot's {@link Snapshot#bytes}
     * @throws IllegalArgumentException if there is too little data
     */
    public static SearchLoop from(SearchSetup setup, Optional<byte[]> kept) {
        return SnapshotIdentity.resumeOrStart(kept, snapshot -> resume(setup, snapshot), () -> start(setup));
    }

    /**
     * A search from a snapshot.
     *
     * @throws IllegalArgumentException if the snapshot belongs to another search or is damaged
     */
    public static SearchLoop resume(SearchSetup setup, Snapshot snapshot) {
        setup.identity().require(snapshot);
        SearchState state =
                SearchState.restore(setup.device(), setup.weights(), setup.alphas(), setup.optimisers(), snapshot);
        try {
            SearchFeed feed = setup.open(state.scope());
            feed.restore(snapshot);
            EpochSums sums = EpochSums.restore(state.scope(), setup.alphas(), feed.countsRight(), snapshot);
            return new SearchLoop(setup, feed, state, sums, snapshot.epoch(), snapshot.step());
        } catch (RuntimeException e) {
            state.close();
            throw e;
        }
    }

    /** All that the search has changed so far. */
    SearchState state() {
        return state;
    }

    /** Steps of an epoch. */
    public int steps(int epochOfSearch) {
        return feed.steps(epochOfSearch);
    }

    /** The alphas as they stand; waits for the device. */
    public Alphas alphas() {
        return state.alphas();
    }

    /**
     * Runs until the last epoch is done or the observer says stop.
     *
     * @throws SearchDivergedException soon after a loss or an alpha gradient is no longer finite, and before a snapshot of it
     */
    public SearchOutcome run(LoopObserver<? super SearchReport> observer) {
        try (Autograd.Mode paused = Autograd.paused()) {
            while (epoch < setup.epochs()) {
                if (!train(observer) || !finishEpoch(observer)) {
                    return new SearchOutcome(false, alphas());
                }
            }
            return new SearchOutcome(true, alphas());
        }
    }

    /** Everything needed to continue from here. */
    public Snapshot snapshot() {
        finiteTotals();
        Map<String, HostTensor> tensors = new LinkedHashMap<>(state.tensors());
        tensors.putAll(feed.carried());
        tensors.putAll(sums.tensors());
        return new Snapshot(
                epoch,
                step,
                feed.stepsBefore(epoch) + step,
                new Safetensors(tensors, setup.identity().facts()));
    }

    /** The rest of the epoch's steps; false if the observer stopped it. */
    private boolean train(LoopObserver<? super SearchReport> observer) {
        try (SearchFeed.Steps steps = feed.open(epoch, step)) {
            while (steps.hasNext()) {
                observer.awaitsBatch();
                SearchFeed.Step next = steps.next();
                observer.hasBatch();
                step(next, new Moment(epoch, setup.epochs(), setup.learningRate(epoch) * next.rate()));
                StepReport report = new StepReport(
                        epoch,
                        step,
                        feed.steps(epoch),
                        setup.epochs(),
                        next.count(),
                        feed.stepsBefore(epoch) + step + 1,
                        feed.stepsBefore(setup.epochs()));
                step++;
                if (step % STEPS_BETWEEN_LOOKS == 0) {
                    finiteTotals();
                }
                if (!obey(observer.afterStep(report), observer)) {
                    return false;
                }
            }
        }
        return true;
    }

    private void step(SearchFeed.Step next, Moment moment) {
        try (NDManager scope = state.openScope()) {
            Training training = next.training(scope);
            Hypergradient.Estimate alpha;
            try (NDManager inner = scope.newSubManager()) {
                alpha = stepper.alphaStep(inner, state, training.ahead(), next.validation(inner), moment);
                alpha.gradient().attach(scope);
                alpha.beside().attach(scope);
            }
            SearchStep.WeightStep weight = stepper.weightStep(scope, state, training.descent(), moment);
            sums.add(alpha, weight, next.count(), next.right(weight.beside()));
            next.done(weight.beside(), alpha.beside());
        }
    }

    /** Validates and reports; false if the observer stopped it. */
    private boolean finishEpoch(LoopObserver<? super SearchReport> observer) {
        Optional<SearchReport> report = judge(observer);
        if (report.isEmpty()) {
            observer.onSnapshot(snapshot());
            return false;
        }
        sums.clear();
        epoch++;
        step = 0;
        return obey(observer.onEpoch(report.get()), observer);
    }

    private boolean obey(Directive directive, LoopObserver<? super SearchReport> observer) {
        if (directive != Directive.CONTINUE) {
            observer.onSnapshot(snapshot());
        }
        return directive != Directive.STOP;
    }

    private Optional<SearchReport> judge(LoopObserver<? super SearchReport> observer) {
        EpochSums.Totals totals = finiteTotals();
        return feed.judge(state.scope(), state.point(), epoch, observer::wantsStop)
                .map(valid -> report(totals, valid));
    }

    private SearchReport report(EpochSums.Totals totals, Fit valid) {
        Alphas alphas = alphas();
        Map<String, SearchReport.GroupReport> groups = new LinkedHashMap<>();
        alphas.groups()
                .forEach((group, matrix) -> groups.put(
                        group,
                        new SearchReport.GroupReport(
                                totals.gradientNorms().getOrDefault(group, 0.0),
                                Entropy.of(matrix, setup.method().relaxation()),
                                ParameterFreeEdges.count(setup.space(), matrix))));
        return new SearchReport(
                epoch, setup.learningRate(epoch), feed.stepsBefore(epoch + 1), totals.train(), valid, alphas, groups);
    }

    private EpochSums.Totals finiteTotals() {
        EpochSums.Totals totals = sums.totals();
        if (step > 0 && !totals.finite()) {
            throw new SearchDivergedException(epoch, step, totals.train().loss());
        }
        return totals;
    }

    @Override
    public void close() {
        state.close();
    }
}
