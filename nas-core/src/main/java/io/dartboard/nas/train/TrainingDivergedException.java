package io.dartboard.nas.train;

/** A training whose loss is not a number any more. Trying again changes nothing; other hyperparameters may. */
public final class TrainingDivergedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param reason one line with the epoch, the loss and what to change */
    public TrainingDivergedException(String reason) {
        super(reason);
    }
}
