package io.dartboard.transfer;

import io.dartboard.events.GenotypeTransferred;
import io.dartboard.events.Measure;
import io.dartboard.nas.evaluate.TrainingHooks;
import io.dartboard.nas.tensor.Safetensors;
import java.util.Optional;

/**
 * A transfer whose dataset is open and of which all is refused that can be: what one to photographs and one to a text have
 * in common.
 *
 * @param measure by what it judges
 * @param training what is left to do
 */
record ReadyRunner(Measure measure, Training training) {

    /** A training that can begin. */
    @FunctionalInterface
    interface Training {
        /**
         * Trains; nothing comes of it if it was told to stop.
         *
         * @param kept the state to go on from
         * @throws io.dartboard.nas.evaluate.TrainingDivergedException if the loss stops being a number
         */
        Optional<Transferred> run(Optional<byte[]> kept, TrainingHooks hooks);
    }

    /**
     * What has come of it.
     *
     * @param result the event, but for what any transfer tells
     * @param weights the trained weights, with all that is needed to build their network again
     */
    record Transferred(GenotypeTransferred.Builder result, Safetensors weights) {}
}
