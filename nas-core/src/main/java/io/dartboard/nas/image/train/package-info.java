/**
 * Retraining of convolutional cells: a genotype becomes a network of its own, trained from scratch, and is judged by images
 * it has not seen.
 */
@NullMarked
package io.dartboard.nas.image.train;

import org.jspecify.annotations.NullMarked;
