@NullMarked
package io.dartboard.nas.supernet;

import org.jspecify.annotations.NullMarked;
