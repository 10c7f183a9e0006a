/**
 * The discrete recurrent network of a genotype: a language model that is trained from scratch. It knows nothing of the
 * search that found its cell.
 */
@NullMarked
package io.dartboard.nas.text.network;

import org.jspecify.annotations.NullMarked;
