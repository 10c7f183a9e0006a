/** Jobs on texts: what must hold of their settings and datasets, and how they search, retrain and transfer. */
@NullMarked
package io.dartboard.training.text;

import org.jspecify.annotations.NullMarked;
