@NullMarked
package io.dartboard.nas.tensor;

import org.jspecify.annotations.NullMarked;
