/** Starts, watches and stops the processes of a local stack. */
@NullMarked
package io.dartboard.local.launch;

import org.jspecify.annotations.NullMarked;
