package io.dartboard.nas.evaluate;

import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.tensor.Safetensors;
import java.util.List;

/** How a training ended. */
public sealed interface TrainingOutcome {

    /**
     * All epochs are done.
     *
     * @param curve one point per epoch
     * @param weights the trained weights and running statistics by name
     */
    record Finished(List<EpochReport> curve, Safetensors weights) implements TrainingOutcome {

        public Finished {
            curve = List.copyOf(curve);
        }

        /** The LAST epoch, which is what counts: choosing the best one would be choosing by the held-out images. */
        public EpochReport last() {
            return curve.get(curve.size() - 1);
        }
    }

    /**
     * It was told to stop.
     *
     * @param snapshot from where it goes on
     */
    record Stopped(Snapshot snapshot) implements TrainingOutcome {}
}
