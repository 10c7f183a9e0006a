/** Does what an evidence pack tells of again, and compares. */
@NullMarked
package io.dartboard.local.repeat;

import org.jspecify.annotations.NullMarked;
