/**
 * What every planner knows of runs, on top of a {@link io.dartboard.pipeline.planner.Ledger}: which are live, which job
 * each of them needs ({@link io.dartboard.pipeline.run.RunBook}), and on whose behalf a job has been put on its topic
 * ({@link io.dartboard.pipeline.run.JobDesk}). A job belongs to no run: several may need it, and as long as one of them
 * is live, it is asked for.
 */
@NullMarked
package io.dartboard.pipeline.run;

import org.jspecify.annotations.NullMarked;
