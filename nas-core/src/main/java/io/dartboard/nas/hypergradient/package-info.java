/**
 * The gradient of the validation loss with respect to the alphas, where the weights depend on the alphas too. One class
 * per approximation that a paper proposes.
 */
@NullMarked
package io.dartboard.nas.hypergradient;

import org.jspecify.annotations.NullMarked;
