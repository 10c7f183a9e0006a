@NullMarked
package io.dartboard.schemas;

import org.jspecify.annotations.NullMarked;
