package io.dartboard.pipeline.job;

/**
 * Who a job is.
 *
 * @param job its id
 * @param run the run that asked for it
 * @param requestEpoch the request epoch in which it did; 0 where it does not say
 * @param stage search, selection, evaluation or transfer
 * @param prefix where its artifacts lie, e.g. {@code searches/<job>}
 */
public record JobIdentity(String job, String run, int requestEpoch, String stage, String prefix) {
    /** Where its result lies if it was told to finish before its last epoch. */
    String early() {
        return prefix + "/early";
    }
}
