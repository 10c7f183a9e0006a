/**
 * Breaks a stack of its own on purpose, by a seed, and tells whether what the pipeline promises holds: faults, the requests
 * that run meanwhile, the witness of what was told, and the checks at the end.
 */
@NullMarked
package io.dartboard.local.chaos;

import org.jspecify.annotations.NullMarked;
