package io.dartboard.nas.evaluate.recurrent;

/** A training that left the finite numbers again and again. */
public final class RecurrentTrainingDivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RecurrentTrainingDivergedException(int epoch, double loss, int times, int from) {
        super(
                ("the loss of epoch %d is %s, and was not finite %d times in a row after the state before epoch %d, each time"
                                + " with other dropout masks: lower learningRate or gradientClip")
                        .formatted(epoch, loss, times, from));
    }
}
