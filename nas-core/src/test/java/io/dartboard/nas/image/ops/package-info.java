@NullMarked
package io.dartboard.nas.image.ops;

import org.jspecify.annotations.NullMarked;
