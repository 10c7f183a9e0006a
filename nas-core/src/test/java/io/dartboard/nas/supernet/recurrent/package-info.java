@NullMarked
package io.dartboard.nas.supernet.recurrent;

import org.jspecify.annotations.NullMarked;
