package io.dartboard.nas.evaluate.recurrent;

import io.dartboard.nas.evaluate.TrainingHooks.AfterStep;
import io.dartboard.nas.evaluate.TrainingHooks.Keep;
import io.dartboard.nas.loop.Directive;
import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.loop.StepReport;
import java.util.function.BooleanSupplier;

/**
 * Watches and steers a training in plain values alone, for whoever holds it as a job and knows no training loop. A hook is
 * called in the loop's own thread, so it must return quickly.
 *
 * @param afterStep told of each step, its words as images; answers whether a checkpoint is due
 * @param stopped whether the training shall stop
 * @param afterEpoch told of each epoch
 * @param keep given each checkpoint
 */
public record RecurrentTrainingHooks(AfterStep afterStep, BooleanSupplier stopped, AfterEpoch afterEpoch, Keep keep)
        implements RecurrentTrainingObserver {

    @Override
    public Directive afterStep(StepReport report) {
        boolean due =
                afterStep.isCheckpointDue(report.stepsDone(), report.stepsPerEpoch(), report.epochs(), report.images());
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
    public void onEpoch(RecurrentEpochReport report) {
        afterEpoch.told(report.trainLoss(), report.validLoss(), report.validPerplexity());
    }

    @Override
    public void onSnapshot(Snapshot snapshot) {
        keep.checkpoint(snapshot.epoch(), snapshot.globalStep(), snapshot::bytes);
    }

    /** Told of each epoch. */
    @FunctionalInterface
    public interface AfterEpoch {
        /**
         * An epoch is done and judged; losses are means per word in nats.
         *
         * @param validPerplexity perplexity of the validation text
         */
        void told(double trainLoss, double validLoss, double validPerplexity);
    }
}
