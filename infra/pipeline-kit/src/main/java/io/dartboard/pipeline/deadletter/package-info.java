/** Records that were refused, kept byte for byte with the reason, so that an operator can look, mend and replay. */
@NullMarked
package io.dartboard.pipeline.deadletter;

import org.jspecify.annotations.NullMarked;
