/**
 * The continuous relaxation of every recurrent cell of a space: one network whose weights and alphas are given with each
 * pass. What the edges into a node share is computed once.
 */
@NullMarked
package io.dartboard.nas.text.supernet;

import org.jspecify.annotations.NullMarked;
