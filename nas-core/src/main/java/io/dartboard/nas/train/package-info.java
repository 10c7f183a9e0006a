/**
 * Training of a discrete network from scratch, once for every kind of data: a loop that can be stopped after any step and
 * continued, and what a kind supplies to it. What the search learned reaches this package as a genotype and in no other
 * way.
 */
@NullMarked
package io.dartboard.nas.train;

import org.jspecify.annotations.NullMarked;
