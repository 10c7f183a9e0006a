package io.dartboard.nas.search.recurrent;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.alpha.Entropy;
import io.dartboard.nas.alpha.RecurrentAlphas;
import io.dartboard.nas.data.SequenceLengths.Span;
import io.dartboard.nas.data.TextColumns;
import io.dartboard.nas.data.TextEpochs;
import io.dartboard.nas.data.TextWindow;
import io.dartboard.nas.hypergradient.recurrent.RecurrentHypergradient.Estimate;
import io.dartboard.nas.hypergradient.recurrent.RecurrentPoint;
import io.dartboard.nas.hypergradient.recurrent.RecurrentPoint.Half;
import io.dartboard.nas.hypergradient.recurrent.RecurrentPoint.MaskSource;
import io.dartboard.nas.hypergradient.recurrent.RecurrentPoint.Seen;
import io.dartboard.nas.loop.Directive;
import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.loop.SnapshotIdentity;
import io.dartboard.nas.loop.StepReport;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.search.recurrent.RecurrentSearchStep.WeightStep;
import io.dartboard.nas.supernet.recurrent.RecurrentSupernet;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.HostTensor;
import io.dartboard.nas.tensor.Safetensors;
import io.dartboard.nas.tensor.Torch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * A search for a recurrent cell from its first step, or from a snapshot, to its last. For each training window: one alpha
 * step on a validation window, then one weight step, at a learning rate in proportion to the window's length. What it does
 * is a pure function of its setup; on a CPU a resumed search is bit by bit the one that was never stopped. Used by one
 * thread.
 *
 * <p>Source: DARTS (arXiv 1806.09055), algorithm 1.
 */
public final class RecurrentSearchLoop implements AutoCloseable {
    private final RecurrentSearchSetup setup;
    private final RecurrentSearchStep stepper;
    private final RecurrentSearchTexts texts;
    private final RecurrentSearchState state;
    private final RecurrentEpochBooks books;
    private int epoch;
    private int step; // equal to the epoch's number of steps once only its validation is left

    private RecurrentSearchLoop(
            RecurrentSearchSetup setup,
            RecurrentSearchTexts texts,
            RecurrentSearchState state,
            RecurrentEpochBooks books,
            int epoch,
            int step) {
        this.setup = setup;
        this.stepper = new RecurrentAlternatingStep(setup.method(), setup.config());
        this.texts = texts;
        this.state = state;
        this.books = books;
        this.epoch = epoch;
        this.step = step;
    }

    /**
     * A search from the start; weights and alphas come from the seed.
     *
     * @throws IllegalArgumentException if a text is too short for its batch
     */
    public static RecurrentSearchLoop start(RecurrentSearchSetup setup) {
        RandomStreams streams = new RandomStreams(setup.seed());
        RecurrentSearchTexts texts = new RecurrentSearchTexts(setup);
        RecurrentSupernet supernet = setup.supernet();
        RecurrentSearchState state = new RecurrentSearchState(
                setup.device(),
                supernet,
                setup.config(),
                supernet.layout().initial(streams.stream("weights")),
                RecurrentAlphas.initial(setup.space(), streams.stream("alphas")),
                DataType.FLOAT32);
        return new RecurrentSearchLoop(setup, texts, state, new RecurrentEpochBooks(), 0, 0);
    }

    /**
     * A search from what an earlier attempt has kept; from the start where that is nothing, or nothing of this search.
     *
     * @param kept a snapshot's {@link Snapshot#bytes}
     * @throws IllegalArgumentException if a text is too short for its batch
     */
    public static RecurrentSearchLoop from(RecurrentSearchSetup setup, Optional<byte[]> kept) {
        return SnapshotIdentity.resumeOrStart(kept, snapshot -> resume(setup, snapshot), () -> start(setup));
    }

    /**
     * A search from a snapshot.
     *
     * @throws IllegalArgumentException if the snapshot belongs to another search or is damaged
     */
    public static RecurrentSearchLoop resume(RecurrentSearchSetup setup, Snapshot snapshot) {
        setup.identity().require(snapshot);
        RecurrentSearchTexts texts = new RecurrentSearchTexts(setup);
        RecurrentEpochBooks books = RecurrentEpochBooks.restore(snapshot);
        RecurrentSearchState state =
                RecurrentSearchState.restore(setup.device(), setup.supernet(), setup.config(), snapshot);
        return new RecurrentSearchLoop(setup, texts, state, books, snapshot.epoch(), snapshot.step());
    }

    /** The steps of all epochs. */
    public TextEpochs epochs() {
        return texts.epochs();
    }

    /** The alphas as they stand; waits for the device. */
    public RecurrentAlphas alphas() {
        return state.alphas();
    }

    /**
     * Runs until the last epoch is done or the observer says stop.
     *
     * @throws RecurrentSearchDivergedException at the first step whose loss is not finite
     */
    public RecurrentSearchOutcome run(RecurrentSearchObserver observer) {
        try (Autograd.Mode paused = Autograd.paused()) {
            while (epoch < setup.config().epochs()) {
                if (!train(observer) || !finishEpoch(observer)) {
                    return new RecurrentSearchOutcome(false, alphas());
                }
            }
            return new RecurrentSearchOutcome(true, alphas());
        }
    }

    /** Everything needed to continue from here. */
    public Snapshot snapshot() {
        Map<String, HostTensor> tensors = new LinkedHashMap<>(state.tensors());
        tensors.putAll(new TreeMap<>(books.tensors()));
        long globalStep = texts.epochs().stepsBefore(epoch) + step;
        return new Snapshot(
                epoch,
                step,
                globalStep,
                new Safetensors(tensors, setup.identity().facts()));
    }

    /** The rest of the epoch's steps; false if the observer stopped it. */
    private boolean train(RecurrentSearchObserver observer) {
        List<Span> spans = texts.epochs().spans(epoch);
        while (step < spans.size()) {
            int words = step(spans.get(step));
            StepReport report = new StepReport(
                    epoch,
                    step,
                    spans.size(),
                    setup.config().epochs(),
                    words,
                    texts.epochs().stepsBefore(epoch) + step + 1,
                    texts.epochs().steps());
            step++;
            if (!obey(observer.afterStep(report), observer)) {
                return false;
            }
        }
        return true;
    }

    private int step(Span span) {
        if (step == 0) {
            state.forget();
        }
        double learningRate = setup.config().learningRate() * span.rate();
        TextWindow window = texts.train(span);
        try (NDManager scope = state.openScope()) {
            Half ahead = texts.half(scope, window, state.trainHidden(), "alpha-train-masks", epoch, step);
            Half valid = texts.half(scope, texts.valid(span), state.validHidden(), "alpha-valid-masks", epoch, step);
            Estimate alpha = stepper.alphaStep(scope, state, ahead, valid, learningRate);
            Half train = new Half(
                    ahead.tokens(),
                    ahead.hidden(),
                    texts.half(scope, window, state.trainHidden(), "weight-masks", epoch, step)
                            .masks());
            WeightStep weight = stepper.weightStep(scope, state, train, learningRate);
            NDArray norm = alpha.gradient().square().sum().sqrt();
            float[] read =
                    Copy.toHost(NDArrays.concat(new NDList(weight.likelihood().reshape(1), norm.reshape(1))));
            if (!Float.isFinite(read[0]) || !Float.isFinite(read[1])) {
                throw new RecurrentSearchDivergedException(epoch, step, read[0]);
            }
            books.add(read[0], window.tokens(), read[1]);
            state.leave(weight.hidden(), alpha.validHidden());
        }
        return window.tokens();
    }

    /** Validates and reports; false if the observer stopped it. */
    private boolean finishEpoch(RecurrentSearchObserver observer) {
        OptionalDouble loss = validate(observer);
        if (loss.isEmpty()) {
            observer.onSnapshot(snapshot());
            return false;
        }
        RecurrentAlphas alphas = alphas();
        RecurrentSearchReport report = new RecurrentSearchReport(
                epoch,
                setup.config().learningRate(),
                books.meanLoss(),
                loss.getAsDouble(),
                alphas,
                books.meanGradientNorm(),
                Entropy.of(alphas.cell()));
        books.clear();
        epoch++;
        step = 0;
        return obey(observer.onEpoch(report), observer);
    }

    private boolean obey(Directive directive, RecurrentSearchObserver observer) {
        if (directive != Directive.CONTINUE) {
            observer.onSnapshot(snapshot());
        }
        return directive != Directive.STOP;
    }

    /** Mean loss of a word of the validation text, without dropout; nothing if the observer wants to stop. */
    private OptionalDouble validate(RecurrentSearchObserver observer) {
        TextColumns text = texts.judging();
        RecurrentPoint point = state.point();
        double loss = 0;
        try (NDManager pass = state.openScope()) {
            NDArray hidden = pass.zeros(new Shape(text.columns(), setup.config().width()));
            for (int row = 0; row < text.rows() - 1; row += setup.config().bptt()) {
                if (observer.wantsStop()) {
                    return OptionalDouble.empty();
                }
                TextWindow window = text.window(row, setup.config().bptt());
                try (NDManager scope = pass.newSubManager()) {
                    Half half = new Half(RecurrentSearchTexts.tokens(scope, window), hidden, MaskSource.none());
                    Seen seen = point.see(
                            scope,
                            half,
                            0,
                            point.weights().constants(scope),
                            point.alphas().constant(scope));
                    loss += Copy.scalar(seen.likelihood()) * window.length();
                    hidden.close();
                    hidden = Torch.into(pass, seen.outputs().hidden());
                }
            }
        }
        return OptionalDouble.of(loss / (text.rows() - 1));
    }

    @Override
    public void close() {
        state.close();
    }
}
