@NullMarked
package io.dartboard.nas.ops.recurrent;

import org.jspecify.annotations.NullMarked;
