/** Tests of retraining. */
@NullMarked
package io.dartboard.nas.image.train;

import org.jspecify.annotations.NullMarked;
