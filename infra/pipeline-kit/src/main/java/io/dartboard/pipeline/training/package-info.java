/**
 * Between a job and a training loop, whichever science the loop does: going on from the furthest checkpoint, what to do
 * after each step, progress with rate and remaining time, and device seconds over all attempts.
 */
@NullMarked
package io.dartboard.pipeline.training;

import org.jspecify.annotations.NullMarked;
