/** What a person sees of a run in a terminal: progress while it goes on, the card when it has ended. */
@NullMarked
package io.dartboard.local.show;

import org.jspecify.annotations.NullMarked;
