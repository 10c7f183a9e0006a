/**
 * Optimisers and schedules. An optimiser works on a whole vector at once and all its state can be saved and restored,
 * so a resumed run continues bit by bit. Weights and alphas have different types: the optimiser of one cannot be handed
 * the other.
 */
@NullMarked
package io.dartboard.nas.optim;

import org.jspecify.annotations.NullMarked;
