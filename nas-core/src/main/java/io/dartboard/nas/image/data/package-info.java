/**
 * Images and their labels: the CIFAR binary layout, folders of images, augmentation, and batches loaded ahead of the
 * training loop. Everything random is drawn from a generator that the caller passes in.
 */
@NullMarked
package io.dartboard.nas.image.data;

import org.jspecify.annotations.NullMarked;
