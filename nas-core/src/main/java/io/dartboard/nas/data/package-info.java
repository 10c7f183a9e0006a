/**
 * Images and their labels: the CIFAR binary layout, folders of images, augmentation, splits, and batches loaded ahead
 * of the training loop. Everything random is drawn from a generator that the caller passes in, so a batch is a pure
 * function of (seed, epoch, step) and does not depend on how many threads load it.
 */
@NullMarked
package io.dartboard.nas.data;

import org.jspecify.annotations.NullMarked;
