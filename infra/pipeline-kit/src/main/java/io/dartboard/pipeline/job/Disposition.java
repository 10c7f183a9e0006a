package io.dartboard.pipeline.job;

/** What becomes of a job's record. */
enum Disposition {
    /** It is dealt with: a result, a failure or a successor record stands for it. */
    ACCEPT,
    /** Nothing is said of it: another worker has it, or its lock lapses and it comes again. */
    LEAVE
}
