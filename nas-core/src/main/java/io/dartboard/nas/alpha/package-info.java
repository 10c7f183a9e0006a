/**
 * Architecture parameters as facts: the values that a search publishes, the relaxation that turns them into mixing
 * weights, and how decided they are. Nothing here is differentiated; the tensors that are live in the supernet.
 */
@NullMarked
package io.dartboard.nas.alpha;

import org.jspecify.annotations.NullMarked;
