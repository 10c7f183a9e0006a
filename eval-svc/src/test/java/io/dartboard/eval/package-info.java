@NullMarked
package io.dartboard.eval;

import org.jspecify.annotations.NullMarked;
