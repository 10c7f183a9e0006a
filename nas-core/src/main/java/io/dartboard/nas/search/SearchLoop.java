package io.dartboard.nas.search;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.alpha.Entropy;
import io.dartboard.nas.data.Batch;
import io.dartboard.nas.data.Prefetch;
import io.dartboard.nas.hypergradient.Hypergradient;
import io.dartboard.nas.loop.Directive;
import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.loop.SnapshotIdentity;
import io.dartboard.nas.loop.StepReport;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.search.EpochReport.CellReport;
import io.dartboard.nas.supernet.Supernet;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.DeviceBatch;
import io.dartboard.nas.tensor.Functional;
import io.dartboard.nas.tensor.HostTensor;
import io.dartboard.nas.tensor.Safetensors;
import io.dartboard.nas.tensor.Scalars;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A search from its first step, or from a snapshot, to its last. For each training batch: one alpha step on a fresh
 * validation batch, then one weight step. What it does is a pure function of its setup; on a CPU a resumed search is bit
 * by bit the one that was never stopped. Used by one thread.
 *
 * <p>Source: DARTS (arXiv 1806.09055), algorithm 1.
 */
public final class SearchLoop implements AutoCloseable {
    private final SearchSetup setup;
    private final SearchStep stepper;
    private final SearchBatches batches;
    private final SearchState state;
    private final EpochBooks books;
    private int epoch;
    private int step; // equal to stepsPerEpoch once only the validation of the epoch is left

    private SearchLoop(SearchSetup setup, SearchState state, EpochBooks books, int epoch, int step) {
        this.setup = setup;
        this.stepper = new AlternatingStep(
                setup.method().hypergradient(), setup.config().gradientClip());
        this.batches = new SearchBatches(setup);
        this.state = state;
        this.books = books;
        this.epoch = epoch;
        this.step = step;
    }

    /** A search from the start; weights and alphas come from the seed. */
    public static SearchLoop start(SearchSetup setup) {
        RandomStreams streams = new RandomStreams(setup.seed());
        Supernet supernet = setup.supernet();
        SearchState state = new SearchState(
                setup.device(),
                supernet,
                setup.config(),
                supernet.layout().initial(streams.stream("weights")),
                Alphas.initial(setup.space(), streams.stream("alphas")),
                DataType.FLOAT32);
        return new SearchLoop(setup, state, new EpochBooks(state.scope()), 0, 0);
    }

    /**
     * A search from what an earlier attempt has kept; from the start where that is nothing, or nothing of this search.
     *
     * @param kept a snapshot's {@link Snapshot#bytes}
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
        SearchState state = SearchState.restore(setup.device(), setup.supernet(), setup.config(), snapshot);
        try {
            return new SearchLoop(
                    setup, state, EpochBooks.restore(state.scope(), snapshot), snapshot.epoch(), snapshot.step());
        } catch (RuntimeException e) {
            state.close();
            throw e;
        }
    }

    /** Steps of every epoch. */
    public int stepsPerEpoch() {
        return batches.stepsPerEpoch();
    }

    /** All that the search has changed so far. */
    SearchState state() {
        return state;
    }

    /** The alphas as they stand; waits for the device. */
    public Alphas alphas() {
        return state.alphas();
    }

    /**
     * Runs until the last epoch is done or the observer says stop.
     *
     * @throws SearchDivergedException if the loss is no longer finite at the end of an epoch or at a snapshot
     */
    public SearchOutcome run(SearchObserver observer) {
        try (Autograd.Mode paused = Autograd.paused()) {
            while (epoch < setup.config().epochs()) {
                if (!train(observer) || !finishEpoch(observer)) {
                    return new SearchOutcome(false, alphas());
                }
            }
            return new SearchOutcome(true, alphas());
        }
    }

    /** Everything needed to continue from here. */
    public Snapshot snapshot() {
        requireFinite(books.totals());
        Map<String, HostTensor> tensors = new LinkedHashMap<>(state.tensors());
        tensors.putAll(new TreeMap<>(books.tensors()));
        long globalStep = (long) epoch * stepsPerEpoch() + step;
        return new Snapshot(
                epoch,
                step,
                globalStep,
                new Safetensors(tensors, setup.identity().facts()));
    }

    /** The rest of the epoch's steps; false if the observer stopped it. */
    private boolean train(SearchObserver observer) {
        double learningRate = setup.config().schedule().at(epoch);
        try (Prefetch<SearchBatches.Pair> pairs = batches.steps(epoch, step)) {
            while (pairs.hasNext()) {
                observer.awaitsBatch();
                SearchBatches.Pair pair = pairs.next();
                observer.hasBatch();
                step(pair, learningRate);
                StepReport report = new StepReport(
                        epoch,
                        step,
                        stepsPerEpoch(),
                        setup.config().epochs(),
                        pair.train().count());
                step++;
                if (!obey(observer.afterStep(report), observer)) {
                    return false;
                }
            }
        }
        return true;
    }

    private void step(SearchBatches.Pair pair, double learningRate) {
        try (NDManager scope = state.openScope()) {
            DeviceBatch train = SearchBatches.toDevice(scope, pair.train());
            Hypergradient.Estimate alpha;
            try (NDManager inner = scope.newSubManager()) {
                DeviceBatch valid = SearchBatches.toDevice(inner, pair.valid());
                alpha = stepper.alphaStep(inner, state, train, valid, learningRate);
                alpha.gradient().attach(scope);
            }
            books.add(alpha, stepper.weightStep(scope, state, train, learningRate), train.labels());
        }
    }

    /** Validates and reports; false if the observer stopped it. */
    private boolean finishEpoch(SearchObserver observer) {
        Optional<EpochReport> report = validate(observer);
        if (report.isEmpty()) {
            observer.onSnapshot(snapshot());
            return false;
        }
        books.clear();
        epoch++;
        step = 0;
        return obey(observer.onEpoch(report.get()), observer);
    }

    private boolean obey(Directive directive, SearchObserver observer) {
        if (directive != Directive.CONTINUE) {
            observer.onSnapshot(snapshot());
        }
        return directive != Directive.STOP;
    }

    private Optional<EpochReport> validate(SearchObserver observer) {
        EpochBooks.Totals totals = books.totals();
        requireFinite(totals);
        double loss = 0;
        double correct = 0;
        try (Prefetch<Batch> validation = batches.validation(epoch)) {
            while (validation.hasNext()) {
                if (observer.wantsStop()) {
                    return Optional.empty();
                }
                try (NDManager scope = state.openScope()) {
                    DeviceBatch batch = SearchBatches.toDevice(scope, validation.next());
                    float[] sums = validate(scope, batch);
                    loss += sums[0];
                    correct += sums[1];
                }
            }
        }
        int images = setup.images().valid().size();
        Alphas alphas = alphas();
        return Optional.of(new EpochReport(
                epoch,
                setup.config().schedule().at(epoch),
                totals.trainLoss(),
                totals.trainAccuracy(),
                loss / images,
                correct / images,
                alphas,
                new CellReport(totals.normalGradientNorm(), Entropy.of(alphas.normal())),
                new CellReport(totals.reduceGradientNorm(), Entropy.of(alphas.reduce()))));
    }

    /** Summed loss and number of right answers of a batch. */
    private float[] validate(NDManager scope, DeviceBatch batch) {
        NDArray logits =
                state.point().logits(scope, batch, state.point().alphas().constant(scope));
        NDArray loss =
                Scalars.times(Functional.crossEntropy(logits, batch.labels()).reshape(1), batch.count());
        return Copy.toHost(NDArrays.concat(
                new NDList(loss, Functional.correct(logits, batch.labels()).reshape(1))));
    }

    private void requireFinite(EpochBooks.Totals totals) {
        if (step > 0 && !Double.isFinite(totals.trainLoss())) {
            throw new SearchDivergedException(epoch, totals.trainLoss());
        }
    }

    @Override
    public void close() {
        state.close();
    }
}
