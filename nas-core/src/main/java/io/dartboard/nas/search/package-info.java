/**
 * The bilevel search: alphas on the validation half, weights on the training half, in turn. A method is one class of a
 * sealed family, the step is separate from the loop that draws batches and keeps the books, and a known-answer check
 * shows at start-up that each step moves what it should and nothing else.
 */
@NullMarked
package io.dartboard.nas.search;

import org.jspecify.annotations.NullMarked;
