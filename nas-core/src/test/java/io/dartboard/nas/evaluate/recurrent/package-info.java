@NullMarked
package io.dartboard.nas.evaluate.recurrent;

import org.jspecify.annotations.NullMarked;
