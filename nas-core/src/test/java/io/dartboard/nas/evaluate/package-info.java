/** Tests of retraining. */
@NullMarked
package io.dartboard.nas.evaluate;

import org.jspecify.annotations.NullMarked;
