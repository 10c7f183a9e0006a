/**
 * What the datasets of every kind share: archives, digests of content, splits, and an order of examples that is drawn
 * from a generator which the caller passes in, so that a batch is a pure function of (seed, epoch, step) and does not
 * depend on how many threads load it.
 */
@NullMarked
package io.dartboard.nas.data;

import org.jspecify.annotations.NullMarked;
