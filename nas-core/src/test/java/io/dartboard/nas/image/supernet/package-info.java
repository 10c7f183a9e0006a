@NullMarked
package io.dartboard.nas.image.supernet;

import org.jspecify.annotations.NullMarked;
