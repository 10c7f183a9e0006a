/** Tests of retraining. */
@NullMarked
package io.dartboard.nas.train;

import org.jspecify.annotations.NullMarked;
