package io.dartboard.pipeline.job;

/**
 * Who a job is.
 *
 * @param job its id
 * @param run the run that asked for it
 * @param stage search, selection, evaluation or transfer
 * @param prefix where its artifacts lie, e.g. {@code searches/<job>}
 */
public record JobIdentity(String job, String run, String stage, String prefix) {}
