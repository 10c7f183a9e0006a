/**
 * Every metric of the pipeline by name, once, in {@link io.dartboard.pipeline.meters.NasMeters}, and the few classes that
 * record them. A run or a job is a label only of gauges of live jobs, which are removed when the job ends.
 */
@NullMarked
package io.dartboard.pipeline.meters;

import org.jspecify.annotations.NullMarked;
