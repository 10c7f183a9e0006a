/** What the commands that try things out ask for. */
@NullMarked
package io.dartboard.local.ask;

import org.jspecify.annotations.NullMarked;
