/**
 * Transfer: the cells found on small images make a network for larger ones, trained from scratch by the loop of
 * {@link io.dartboard.nas.image.train} with the schedule and the augmentation of ImageNet.
 */
@NullMarked
package io.dartboard.nas.transfer;

import org.jspecify.annotations.NullMarked;
