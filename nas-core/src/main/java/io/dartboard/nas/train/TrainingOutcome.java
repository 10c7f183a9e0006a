package io.dartboard.nas.train;

import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.tensor.Safetensors;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How a training ended.
 *
 * @param <R> what is told of an epoch
 */
public sealed interface TrainingOutcome<R extends EpochScore> {

    /**
     * All epochs are done, or it was told to make the best of those that are.
     *
     * @param curve one point per epoch; the last may be of a part of one, where it was told to finish within it
     * @param chosen the epoch whose network counts, by the rule of its kind
     * @param weights of that network by name, with what else it needs to be used
     * @param testScore its {@link EpochScore#score} on data that neither trained nor judged it; empty if there is none, or it
     *     stayed untouched
     */
    record Finished<R extends EpochScore>(List<R> curve, R chosen, Safetensors weights, OptionalDouble testScore)
            implements TrainingOutcome<R> {

        public Finished {
            curve = List.copyOf(curve);
        }
    }

    /**
     * It was told to stop.
     *
     * @param snapshot from where it goes on
     */
    record Stopped<R extends EpochScore>(Snapshot snapshot) implements TrainingOutcome<R> {}
}
