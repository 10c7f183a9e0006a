package io.dartboard.training;

import io.dartboard.events.Measure;
import io.dartboard.nas.loop.LoopObserver;
import io.dartboard.nas.train.EpochScore;
import io.dartboard.nas.train.TrainingDivergedException;
import io.dartboard.pipeline.job.JobRefused;
import java.util.Optional;

/**
 * A training of a cell whose dataset is open and of which all is refused that can be: what one on images and one on a text
 * have in common.
 *
 * @param measure by what it judges
 * @param epochs that it has
 * @param loop what is left to do
 * @param <R> the event that it ends with
 */
public record ReadyTraining<R>(Measure measure, int epochs, Loop<R> loop) {

    /**
     * Trains on from where the job stands. Empty if the job was told to stop: its checkpoint is stored then, if it shall be.
     *
     * @throws JobRefused if the loss stops being a number
     * @throws java.util.concurrent.CancellationException if the job is cancelled or lost meanwhile; let it pass
     */
    public Optional<Trained<R>> train(TrainingJob job) throws InterruptedException {
        try {
            var trained = loop.run(job.state(), new JobObserver(job, epochs));
            if (trained.isEmpty()) {
                job.awaitSaved();
            }
            return trained;
        } catch (TrainingDivergedException e) {
            throw new JobRefused(String.valueOf(e.getMessage()), e);
        }
    }

    /** A training loop that can begin. */
    @FunctionalInterface
    public interface Loop<R> {
        /**
         * Trains; nothing comes of it if it was told to stop.
         *
         * @param kept the state to go on from
         * @throws TrainingDivergedException if the loss stops being a number
         */
        Optional<Trained<R>> run(Optional<byte[]> kept, LoopObserver<EpochScore> observer);
    }

    /**
     * What has come of it.
     *
     * @param result the event, but for what any training of its kind tells
     * @param weights the trained weights
     */
    public record Trained<R>(R result, TrainedWeights weights) {}
}
