@NullMarked
package io.dartboard.derive;

import org.jspecify.annotations.NullMarked;
