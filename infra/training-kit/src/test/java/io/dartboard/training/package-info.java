@NullMarked
package io.dartboard.training;

import org.jspecify.annotations.NullMarked;
