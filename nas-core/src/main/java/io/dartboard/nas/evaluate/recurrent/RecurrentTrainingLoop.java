package io.dartboard.nas.evaluate.recurrent;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.data.SequenceLengths;
import io.dartboard.nas.data.SequenceLengths.Span;
import io.dartboard.nas.data.TextColumns;
import io.dartboard.nas.data.TextCorpus;
import io.dartboard.nas.data.TextEpochs;
import io.dartboard.nas.data.TextWindow;
import io.dartboard.nas.evaluate.Compute;
import io.dartboard.nas.evaluate.TrainingDivergedException;
import io.dartboard.nas.evaluate.TrainingIdentity;
import io.dartboard.nas.evaluate.TrainingObserver;
import io.dartboard.nas.evaluate.recurrent.RecurrentTrainingOutcome.Finished;
import io.dartboard.nas.evaluate.recurrent.RecurrentTrainingOutcome.Stopped;
import io.dartboard.nas.genotype.RecurrentGenotype;
import io.dartboard.nas.loop.Directive;
import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.loop.SnapshotIdentity;
import io.dartboard.nas.loop.StepReport;
import io.dartboard.nas.network.recurrent.RecurrentNetwork;
import io.dartboard.nas.provenance.Digests;
import io.dartboard.nas.provenance.Fingerprint;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.Torch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains the language model of a genotype from scratch and judges it after each epoch: with SGD, and with averaged SGD
 * from the epoch on after which the validation loss has stopped to fall. From then on the average is what is judged.
 *
 * <p>A training is a pure function of genotype, configuration, text and seed. Stopped after any step and continued from the
 * snapshot, it ends, on a CPU, with the same bits as if it had never stopped. A loss that is not finite sends it back to
 * its best state, to go on with other dropout masks. An instance holds no native memory between runs.
 *
 * <p>Source: DARTS (arXiv 1806.09055), section 3.2; Merity et al. (arXiv 1708.02182), algorithm 1.
 */
public final class RecurrentTrainingLoop {
    /** How often it goes back to one state before it gives up. */
    public static final int MOST_ROLLBACKS = 3;

    private static final Logger LOG = LoggerFactory.getLogger(RecurrentTrainingLoop.class);
    private static final int TEST_COLUMNS = 1;

    private final RecurrentNetwork network;
    private final RecurrentTrainConfig config;
    private final RandomStreams streams;
    private final Device device;
    private final SnapshotIdentity identity;
    private final TextColumns train;
    private final TextColumns valid;
    private final Optional<TextColumns> test;
    private final TextEpochs epochs;

    private RecurrentTrainingLoop(
            RecurrentGenotype genotype,
            RecurrentTrainConfig config,
            TextCorpus corpus,
            boolean tests,
            long seed,
            Device device) {
        this.network = new RecurrentNetwork(genotype, corpus.vocabulary(), config.width());
        this.config = config;
        this.streams = new RandomStreams(seed);
        this.device = device;
        this.identity = identity(genotype, config, corpus, tests, seed);
        this.train = new TextColumns("training text", corpus.train(), config.batchSize());
        this.valid = new TextColumns("validation text", corpus.valid(), TextColumns.JUDGED);
        this.test = tests ? Optional.of(new TextColumns("test text", corpus.test(), TEST_COLUMNS)) : Optional.empty();
        this.epochs = new TextEpochs(new SequenceLengths.Normal(config.bptt()), train.rows(), streams, config.epochs());
    }

    /**
     * Prepares the brief training that chooses among cells; the test text stays untouched.
     *
     * @throws IllegalArgumentException if a text is too short
     */
    public static RecurrentTrainingLoop selection(
            RecurrentGenotype genotype, RecurrentTrainConfig config, TextCorpus corpus, long seed, Compute compute) {
        return new RecurrentTrainingLoop(genotype, config, corpus, false, seed, compute.device());
    }

    /**
     * Prepares the full training: the best model by the validation text is judged by the test text.
     *
     * @throws IllegalArgumentException if a text is too short
     */
    public static RecurrentTrainingLoop full(
            RecurrentGenotype genotype, RecurrentTrainConfig config, TextCorpus corpus, long seed, Compute compute) {
        return new RecurrentTrainingLoop(genotype, config, corpus, true, seed, compute.device());
    }

    private static SnapshotIdentity identity(
            RecurrentGenotype genotype, RecurrentTrainConfig config, TextCorpus corpus, boolean tests, long seed) {
        Fingerprint settings = Fingerprint.EMPTY
                .with("genotype", genotype.toString())
                .with("config", config)
                .with("purpose", tests ? "full" : "selection")
                .with("data", corpus.digest())
                .with("seed", seed);
        String old = Digests.sha256(String.join(
                "\n",
                genotype.toString(),
                Fingerprint.textOfOld(config),
                "text " + corpus.digest(),
                "seed " + seed,
                "tests " + tests));
        return new SnapshotIdentity("training", settings, Map.of(TrainingIdentity.OLD_FINGERPRINT, old));
    }

    /** The steps of all epochs. */
    public TextEpochs epochs() {
        return epochs;
    }

    /**
     * Trains from the start.
     *
     * @throws TrainingDivergedException if it had to go back to one state too often
     */
    public RecurrentTrainingOutcome run(TrainingObserver<? super RecurrentEpochReport> observer) {
        return runFrom(Optional.empty(), observer);
    }

    /**
     * Goes on from a snapshot of the same training.
     *
     * @throws IllegalArgumentException if the snapshot is of another training
     * @throws TrainingDivergedException if it had to go back to one state too often
     */
    public RecurrentTrainingOutcome resume(Snapshot snapshot, TrainingObserver<? super RecurrentEpochReport> observer) {
        try (NDManager scope = Torch.open(device)) {
            return run(scope, restored(scope, snapshot), observer);
        }
    }

    /**
     * Goes on from what an earlier attempt has kept; trains from the start where that is nothing, or nothing of this
     * training.
     *
     * @param kept a snapshot's {@link Snapshot#bytes}
     * @throws TrainingDivergedException if it had to go back to one state too often
     */
    public RecurrentTrainingOutcome runFrom(
            Optional<byte[]> kept, TrainingObserver<? super RecurrentEpochReport> observer) {
        try (NDManager scope = Torch.open(device)) {
            Position start =
                    SnapshotIdentity.resumeOrStart(kept, snapshot -> restored(scope, snapshot), () -> afresh(scope));
            return run(scope, start, observer);
        }
    }

    /** Where a training stands: its state, and the epoch and the step within it that come next. */
    private record Position(RecurrentTrainingState state, int epoch, int step) {}

    private Position afresh(NDManager scope) {
        return new Position(RecurrentTrainingState.fresh(scope, network, config, streams), 0, 0);
    }

    private Position restored(NDManager scope, Snapshot snapshot) {
        identity.require(snapshot);
        return new Position(
                RecurrentTrainingState.restore(scope, network, config, snapshot), snapshot.epoch(), snapshot.step());
    }

    private RecurrentTrainingOutcome run(
            NDManager scope, Position start, TrainingObserver<? super RecurrentEpochReport> observer) {
        try (Autograd.Mode paused = Autograd.paused()) {
            Run run = new Run(scope, start, observer);
            return run.go();
        }
    }

    /** One run from its start to its end. */
    private final class Run {
        private final NDManager scope;
        private final TrainingObserver<? super RecurrentEpochReport> observer;
        private final RecurrentTrainingStep stepper = new RecurrentTrainingStep(network, config, streams);
        private final Judge judge = new Judge(network, config.bptt());
        private RecurrentTrainingState state;
        private int epoch;
        private int step; // equal to the epoch's number of steps once only its judgement is left

        Run(NDManager scope, Position start, TrainingObserver<? super RecurrentEpochReport> observer) {
            this.scope = scope;
            this.observer = observer;
            this.state = start.state();
            this.epoch = start.epoch();
            this.step = start.step();
        }

        RecurrentTrainingOutcome go() {
            while (epoch < config.epochs()) {
                Optional<Snapshot> stopped = epoch();
                if (stopped.isPresent()) {
                    return new Stopped(stopped.get());
                }
            }
            return finish();
        }

        /** The rest of an epoch, or of what a rollback has left of it; a snapshot says that the observer wants to stop. */
        private Optional<Snapshot> epoch() {
            List<Span> spans = epochs.spans(epoch);
            while (step < spans.size()) {
                Optional<Snapshot> stopped = step(spans.get(step), spans.size());
                // No step leads to step 0 but one that was gone back from.
                if (stopped.isPresent() || step == 0) {
                    return stopped;
                }
            }
            return judgeEpoch();
        }

        private Optional<Snapshot> step(Span span, int stepsPerEpoch) {
            if (step == 0) {
                state.forget();
            }
            TextWindow window = train.window(span.row(), span.length());
            double loss = stepper.take(state, window, epoch, step, span.rate());
            if (!Double.isFinite(loss)) {
                rollBack(loss);
                return Optional.empty();
            }
            StepReport report = new StepReport(
                    epoch,
                    step,
                    stepsPerEpoch,
                    config.epochs(),
                    window.tokens(),
                    epochs.stepsBefore(epoch) + step + 1,
                    epochs.steps());
            step++;
            return obey(observer.afterStep(report));
        }

        private Optional<Snapshot> obey(Directive directive) {
            if (directive == Directive.CONTINUE) {
                return Optional.empty();
            }
            Snapshot snapshot = handOut();
            return directive == Directive.STOP ? Optional.of(snapshot) : Optional.empty();
        }

        private Optional<Snapshot> judgeEpoch() {
            OptionalDouble loss = judge.loss(scope, state.judged(), valid, observer);
            if (loss.isEmpty()) {
                return Optional.of(handOut());
            }
            if (!Double.isFinite(loss.getAsDouble())) {
                rollBack(loss.getAsDouble());
                return Optional.empty();
            }
            RecurrentEpochReport report = new RecurrentEpochReport(
                    epoch, config.learningRate(), state.meanLoss(), loss.getAsDouble(), state.averages());
            state.endEpoch(report);
            epoch++;
            step = 0;
            observer.onEpoch(report);
            return Optional.empty();
        }

        private void rollBack(double loss) {
            int to = state.best().map(BestState::nextEpoch).orElse(0);
            if (state.rollbacksInARow() == MOST_ROLLBACKS) {
                throw new TrainingDivergedException(
                        ("the loss of epoch %d is %s, and was not finite %d times in a row after the state before epoch %d,"
                                        + " each time with other dropout masks: lower learningRate or gradientClip")
                                .formatted(epoch, loss, MOST_ROLLBACKS + 1, to));
            }
            LOG.warn("the loss of epoch {} is {}: goes on from the state before epoch {}", epoch, loss, to);
            RecurrentTrainingState broken = state;
            state = broken.rollBack(scope, network, streams);
            broken.close();
            observer.onRollback(epoch, to);
            epoch = to;
            step = 0;
        }

        private RecurrentTrainingOutcome finish() {
            BestState best = state.best().orElseThrow();
            RecurrentModel model = new RecurrentModel(network, best.judged());
            double validLoss = state.curve.get(best.nextEpoch() - 1).validLoss();
            if (test.isEmpty()) {
                return new Finished(state.curve, model.named(), validLoss, OptionalDouble.empty());
            }
            OptionalDouble testLoss = model.loss(scope, judge, test.get(), observer);
            return testLoss.isEmpty()
                    ? new Stopped(handOut())
                    : new Finished(state.curve, model.named(), validLoss, testLoss);
        }

        private Snapshot handOut() {
            Snapshot snapshot = state.snapshot(epoch, step, epochs.stepsBefore(epoch) + step, identity.facts());
            observer.onSnapshot(snapshot);
            return snapshot;
        }
    }
}
