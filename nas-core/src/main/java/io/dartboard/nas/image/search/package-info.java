/** The search for convolutional cells on images: what it is told, its batches and its loss. */
@NullMarked
package io.dartboard.nas.image.search;

import org.jspecify.annotations.NullMarked;
