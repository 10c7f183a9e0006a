@NullMarked
package io.dartboard.nas.hypergradient;

import org.jspecify.annotations.NullMarked;
