/**
 * The gradient of the validation loss with respect to the alphas of a recurrent cell, where the weights depend on the
 * alphas too. One class per approximation.
 */
@NullMarked
package io.dartboard.nas.hypergradient.recurrent;

import org.jspecify.annotations.NullMarked;
