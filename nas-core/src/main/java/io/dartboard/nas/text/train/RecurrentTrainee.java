package io.dartboard.nas.text.train;

import ai.djl.ndarray.NDManager;
import io.dartboard.nas.loop.EpochWork.Step;
import io.dartboard.nas.loop.EpochWork.Steps;
import io.dartboard.nas.tensor.Safetensors;
import io.dartboard.nas.text.data.SequenceLengths.Span;
import io.dartboard.nas.text.data.TextWindow;
import io.dartboard.nas.train.Trainee;
import io.dartboard.nas.train.TrainingDivergedException;
import io.dartboard.nas.train.TrainingOutcome;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;

/**
 * A language model in training: with SGD, and with averaged SGD from the epoch on after which the validation loss has
 * stopped to fall. From then on the average is what is judged. The epoch with the least validation loss counts: the choice
 * is made without the test text. A loss that is not finite sends it back to its best state, to go on with other dropout
 * masks.
 *
 * <p>Source: DARTS (arXiv 1806.09055), section 3.2; Merity et al. (arXiv 1708.02182), algorithm 1.
 */
final class RecurrentTrainee implements Trainee<RecurrentEpochReport> {
    private final RecurrentTraining training;
    private final NDManager scope;
    private final RecurrentTrainingStep stepper;
    private final Judge judge;
    private RecurrentTrainingState state;

    RecurrentTrainee(RecurrentTraining training, NDManager scope, RecurrentTrainingState state) {
        this.training = training;
        this.scope = scope;
        this.state = state;
        this.stepper = new RecurrentTrainingStep(training.network(), training.config(), training.streams());
        this.judge = new Judge(training.network(), training.config().bptt());
    }

    @Override
    public int steps(int epoch) {
        return Math.toIntExact(stepsBefore(epoch + 1) - stepsBefore(epoch));
    }

    @Override
    public long stepsBefore(int epoch) {
        return training.epochsOfText().stepsBefore(epoch);
    }

    @Override
    public Steps open(int firstEpoch, int firstStep) {
        return new Steps() {
            private int epoch = firstEpoch;
            private int step = firstStep;
            private List<Span> spans = spans(firstEpoch);

            private List<Span> spans(int of) {
                return of < training.epochs() ? training.epochsOfText().spans(of) : List.of();
            }

            @Override
            public Step next() {
                if (step >= spans.size() && epoch < training.epochs()) {
                    epoch++;
                    step = 0;
                    spans = spans(epoch);
                }
                if (step >= spans.size()) {
                    throw new NoSuchElementException("every step has been handed out");
                }
                Step next = new WindowStep(spans.get(step), epoch, step);
                step++;
                return next;
            }

            @Override
            public void close() {
                // Windows are cut from what lies in memory.
            }
        };
    }

    private final class WindowStep implements Step {
        private final Span span;
        private final TextWindow window;
        private final int epoch;
        private final int step;

        WindowStep(Span span, int epoch, int step) {
            this.span = span;
            this.window = training.train().window(span.row(), span.length());
            this.epoch = epoch;
            this.step = step;
        }

        @Override
        public int count() {
            return window.tokens();
        }

        @Override
        public void take() {
            if (step == 0) {
                state.forget();
            }
            stepper.take(state, window, epoch, step, span.rate());
        }
    }

    @Override
    public double loss() {
        return state.meanLoss();
    }

    @Override
    public Optional<RecurrentEpochReport> judge(int epoch, BooleanSupplier wantsStop) {
        double trainLoss = state.meanLoss();
        OptionalDouble loss = judge.loss(scope, state.judged(), training.valid(), wantsStop);
        return loss.isEmpty()
                ? Optional.empty()
                : Optional.of(new RecurrentEpochReport(
                        epoch, training.config().learningRate(), trainLoss, loss.getAsDouble(), state.averages()));
    }

    @Override
    public boolean accepts(RecurrentEpochReport report) {
        return Double.isFinite(report.validLoss());
    }

    @Override
    public void endEpoch(RecurrentEpochReport report) {
        state.endEpoch(report);
    }

    @Override
    public int goBack(int epoch, double loss) {
        int to = state.best().map(BestState::nextEpoch).orElse(0);
        if (state.rollbacksInARow() == RecurrentTraining.MOST_ROLLBACKS) {
            throw new TrainingDivergedException(
                    ("the loss of epoch %d is %s, and was not finite %d times in a row after the state before epoch %d,"
                                    + " each time with other dropout masks: lower learningRate or gradientClip")
                            .formatted(epoch, loss, RecurrentTraining.MOST_ROLLBACKS + 1, to));
        }
        RecurrentTrainingState broken = state;
        state = broken.rollBack(scope, training.network(), training.streams());
        broken.close();
        return to;
    }

    @Override
    public Optional<TrainingOutcome.Finished<RecurrentEpochReport>> finish(BooleanSupplier wantsStop) {
        BestState best = state.best().orElseThrow();
        RecurrentModel model = new RecurrentModel(training.network(), best.judged());
        OptionalDouble testScore = OptionalDouble.empty();
        if (training.test().isPresent()) {
            OptionalDouble loss = model.loss(scope, judge, training.test().get(), wantsStop);
            if (loss.isEmpty()) {
                return Optional.empty();
            }
            testScore = OptionalDouble.of(StrictMath.exp(loss.getAsDouble()));
        }
        RecurrentEpochReport chosen = state.curve.get(best.nextEpoch() - 1);
        return Optional.of(new TrainingOutcome.Finished<>(state.curve, chosen, model.named(), testScore));
    }

    @Override
    public Safetensors content() {
        return state.content();
    }

    @Override
    public void close() {
        state.close();
    }
}
