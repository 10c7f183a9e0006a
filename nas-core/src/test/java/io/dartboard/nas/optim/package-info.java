@NullMarked
package io.dartboard.nas.optim;

import org.jspecify.annotations.NullMarked;
