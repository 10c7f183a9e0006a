/**
 * The bilevel search, once for every kind of data: alphas go down the validation loss, weights the training loss, in turn.
 * A kind supplies an {@link io.dartboard.nas.bilevel.Objective} for each batch and a
 * {@link io.dartboard.nas.bilevel.SearchSetup}; a method is a composition of parts, each a class named after what its paper
 * calls it; a known-answer check shows at start-up that each step moves what it should and nothing else.
 */
@NullMarked
package io.dartboard.nas.bilevel;

import org.jspecify.annotations.NullMarked;
