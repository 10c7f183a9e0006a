/**
 * The continuous network of DARTS: every edge of a cell mixes all its candidates, weighted by its relaxed alphas.
 * The network is arranged so that nothing is computed twice: a state is rectified once and pooled once for all its
 * edges, {@code none} is never computed, and the mixing weights ride in the batch normalisations.
 */
@NullMarked
package io.dartboard.nas.image.supernet;

import org.jspecify.annotations.NullMarked;
