package io.dartboard.pipeline.job;

import org.apache.avro.specific.SpecificRecord;

/**
 * Does a job. Called on the worker's training thread, one job at a time.
 *
 * @param <J> the job's record
 */
@FunctionalInterface
public interface JobRunner<J extends SpecificRecord> {

    /**
     * Does the job, from its furthest checkpoint on.
     *
     * @param job the job
     * @param context whom to ask and to tell; {@link JobContext#signal()} must be asked at every step
     * @throws JobRefused if no further attempt can save the job
     * @throws Exception if this attempt failed; another follows, up to the configured number. A store that is away does
     *     not count: the same attempt is run again
     */
    Outcome run(J job, JobContext context) throws Exception;
}
