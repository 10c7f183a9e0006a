package io.dartboard.nas.evaluate;

import io.dartboard.nas.loop.Directive;
import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.loop.StepReport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Watches and steers a training, of images or of a text, in plain values alone, for whoever holds it as a job and knows no training loop. A hook is
 * called in the loop's own thread, so it must return quickly.
 *
 * @param afterStep told of each step; answers whether a checkpoint is due
 * @param stopped whether the training shall stop
 * @param batchAwaited told that the next step's images are asked for; a text is there at once
 * @param batchArrived told that they are there
 * @param afterEpoch told of each epoch
 * @param keep given each checkpoint
 */
public record TrainingHooks(
        AfterStep afterStep,
        BooleanSupplier stopped,
        Runnable batchAwaited,
        Runnable batchArrived,
        AfterEpoch afterEpoch,
        Keep keep)
        implements TrainingObserver<EpochScore> {

    @Override
    public Directive afterStep(StepReport report) {
        boolean due = afterStep.isCheckpointDue(
                report.stepsDone(),
                report.steps(),
                report.epoch(),
                report.epochs(),
                report.endsEpoch(),
                report.images());
        if (stopped.getAsBoolean()) {
            return Directive.STOP;
        }
        // The last step's checkpoint spares whoever comes next all but the judgement.
        return due || report.stepsDone() == report.steps() ? Directive.CHECKPOINT : Directive.CONTINUE;
    }

    @Override
    public boolean wantsStop() {
        return stopped.getAsBoolean();
    }

    @Override
    public void awaitsBatch() {
        batchAwaited.run();
    }

    @Override
    public void hasBatch() {
        batchArrived.run();
    }

    @Override
    public void onEpoch(EpochScore report) {
        afterEpoch.told(report.trainLoss(), report.heldOutLoss(), report.score());
    }

    @Override
    public void onSnapshot(Snapshot snapshot) {
        keep.checkpoint(snapshot.epoch(), snapshot.globalStep(), snapshot::bytes);
    }

    /** Told of each step. */
    @FunctionalInterface
    public interface AfterStep {
        /**
         * A step is done.
         *
         * @param stepsDone steps done since the start of the training, this one included
         * @param steps steps of the training
         * @param epoch the step's epoch, from 0
         * @param epochs epochs of the training
         * @param endsEpoch whether it was the last step of its epoch
         * @param examples images trained on in this step; of a text, words
         */
        boolean isCheckpointDue(long stepsDone, long steps, int epoch, int epochs, boolean endsEpoch, int examples);
    }

    /** Told of each epoch. */
    @FunctionalInterface
    public interface AfterEpoch {
        /**
         * An epoch is done and judged; losses are means per image or word in nats.
         *
         * @param score lower is better: top-1 error in percent, or perplexity
         */
        void told(double trainLoss, double heldOutLoss, double score);
    }

    /** Given each checkpoint. */
    @FunctionalInterface
    public interface Keep {
        /**
         * A checkpoint.
         *
         * @param epoch epochs done
         * @param step steps done, all epochs
         * @param state what the loop's {@code runFrom} goes on from; takes a while to make
         */
        void checkpoint(int epoch, long step, Supplier<byte[]> state);
    }
}
