@NullMarked
package io.dartboard.nas.hypergradient.recurrent;

import org.jspecify.annotations.NullMarked;
