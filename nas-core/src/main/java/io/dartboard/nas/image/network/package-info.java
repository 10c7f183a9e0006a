/**
 * Discrete networks: what a genotype becomes once the search is over. Wiring, weight order and weight names are those of
 * the authors' evaluation networks, so that numbers can be compared one by one.
 */
@NullMarked
package io.dartboard.nas.image.network;

import org.jspecify.annotations.NullMarked;
