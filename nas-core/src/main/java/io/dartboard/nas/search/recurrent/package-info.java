/**
 * The bilevel search for a recurrent cell: alphas on the validation text, weights on the training text, in turn. The
 * hidden states of both texts go on from step to step and belong to what a snapshot keeps.
 */
@NullMarked
package io.dartboard.nas.search.recurrent;

import org.jspecify.annotations.NullMarked;
