/** Jobs on images: what must hold of their settings and datasets, and how they search, retrain and transfer. */
@NullMarked
package io.dartboard.training.image;

import org.jspecify.annotations.NullMarked;
