package io.dartboard.nas.evaluate;

/** A training whose loss is not a number any more. Trying again changes nothing; other hyperparameters may. */
public final class TrainingDivergedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TrainingDivergedException(int epoch, double loss) {
        super("the training loss of epoch " + epoch + " is " + loss
                + ": the training diverged; lower learningRate or clip");
    }
}
