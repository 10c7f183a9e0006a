@NullMarked
package io.dartboard.transfer;

import org.jspecify.annotations.NullMarked;
