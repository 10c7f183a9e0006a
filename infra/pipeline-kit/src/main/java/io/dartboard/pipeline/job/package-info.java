/**
 * Hours of training on Kafka. A {@link io.dartboard.pipeline.job.JobWorker} takes one job at a time from a share group,
 * claims it before it starts, renews its lock while a {@link io.dartboard.pipeline.job.JobRunner} works on a thread of its
 * own, and accepts it at the end. Whatever happens in between, a job ends in exactly one result or in a failure that says
 * why.
 */
@NullMarked
package io.dartboard.pipeline.job;

import org.jspecify.annotations.NullMarked;
