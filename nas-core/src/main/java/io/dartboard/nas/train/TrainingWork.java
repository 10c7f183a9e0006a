package io.dartboard.nas.train;

import io.dartboard.nas.loop.EpochWork;
import io.dartboard.nas.loop.SnapshotIdentity;
import io.dartboard.nas.tensor.Safetensors;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A training as the work of an engine: what is done about a loss that is no number is its trainee's affair, which goes back
 * or ends the training.
 *
 * @param <R> what is told of an epoch
 */
final class TrainingWork<R extends EpochScore> implements EpochWork<R>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingWork.class);

    private final TrainingSetup<R> setup;
    private final Trainee<R> trainee;

    /** They go on from epoch to epoch, so that the next one's data is loaded while this one is judged. */
    private Optional<Steps> ahead = Optional.empty();

    TrainingWork(TrainingSetup<R> setup, Trainee<R> trainee) {
        this.setup = setup;
        this.trainee = trainee;
    }

    @Override
    public int epochs() {
        return setup.epochs();
    }

    @Override
    public int steps(int epoch) {
        return trainee.steps(epoch);
    }

    @Override
    public long stepsBefore(int epoch) {
        return trainee.stepsBefore(epoch);
    }

    @Override
    public SnapshotIdentity identity() {
        return setup.identity();
    }

    @Override
    public Steps open(int epoch, int step) {
        Steps steps = ahead.orElseGet(() -> trainee.open(epoch, step));
        ahead = Optional.of(steps);
        return new Steps() {
            @Override
            public Step next() {
                return steps.next();
            }

            @Override
            public void close() {
                // The next epoch takes up where this one ends.
            }
        };
    }

    @Override
    public Optional<WayBack> look(int epoch, int step) {
        double loss = trainee.loss();
        return Double.isFinite(loss) ? Optional.empty() : Optional.of(() -> goBack(epoch, loss));
    }

    @Override
    public Optional<R> judge(int epoch, BooleanSupplier wantsStop) {
        return trainee.judge(epoch, wantsStop);
    }

    @Override
    public Optional<WayBack> refusal(int epoch, R report) {
        return trainee.accepts(report) ? Optional.empty() : Optional.of(() -> goBack(epoch, report.heldOutLoss()));
    }

    private int goBack(int epoch, double loss) {
        int to = trainee.goBack(epoch, loss);
        LOG.warn("the loss of epoch {} is {}: goes on from the state before epoch {}", epoch, loss, to);
        close();
        ahead = Optional.empty();
        return to;
    }

    @Override
    public void endEpoch(R report) {
        trainee.endEpoch(report);
    }

    @Override
    public Safetensors content() {
        return trainee.content();
    }

    /** Ends what loads ahead; the trainee is closed by who opened it. */
    @Override
    public void close() {
        ahead.ifPresent(Steps::close);
    }
}
