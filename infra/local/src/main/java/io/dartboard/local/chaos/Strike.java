package io.dartboard.local.chaos;

import java.time.Duration;

/**
 * One fault of the schedule. Where it strikes is a share, so that the schedule knows nothing of the stack.
 *
 * @param at since the faults began
 * @param kind what is done
 * @param target from 0 to below 1: which of those that can be struck then
 * @param lasts until it is undone, or until a killed process is started again
 * @param seed of whatever else is drawn for it
 */
record Strike(Duration at, FaultKind kind, double target, Duration lasts, long seed) {}
