/**
 * From architecture parameters to a discrete architecture: the rule that reads a genotype off the alphas, and the signs
 * of a collapsing search that alphas alone can show. Pure arithmetic without native libraries, so a stream topology can
 * run it.
 */
@NullMarked
package io.dartboard.nas.derive;

import org.jspecify.annotations.NullMarked;
