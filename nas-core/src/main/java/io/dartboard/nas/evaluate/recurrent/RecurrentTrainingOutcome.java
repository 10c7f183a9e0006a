package io.dartboard.nas.evaluate.recurrent;

import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.tensor.Safetensors;
import java.util.List;
import java.util.OptionalDouble;

/** How a training ended. */
public sealed interface RecurrentTrainingOutcome {

    /**
     * All epochs are done. What counts is the model of the epoch with the least validation loss, as the authors have it:
     * the choice is made without the test text.
     *
     * @param curve one point per epoch
     * @param weights of that model by name: the average where there was one
     * @param validLoss its mean loss per word of the validation text, in nats
     * @param testLoss the same of the test text; empty if that stayed untouched
     */
    record Finished(List<RecurrentEpochReport> curve, Safetensors weights, double validLoss, OptionalDouble testLoss)
            implements RecurrentTrainingOutcome {

        public Finished {
            curve = List.copyOf(curve);
        }

        /** Perplexity of the validation text. */
        public double validPerplexity() {
            return StrictMath.exp(validLoss);
        }

        /** Perplexity of the test text; empty if that stayed untouched. */
        public OptionalDouble testPerplexity() {
            return testLoss.stream().map(StrictMath::exp).findFirst();
        }
    }

    /**
     * It was told to stop.
     *
     * @param snapshot from where it goes on
     */
    record Stopped(Snapshot snapshot) implements RecurrentTrainingOutcome {}
}
