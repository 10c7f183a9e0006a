@NullMarked
package io.dartboard.nas.ops;

import org.jspecify.annotations.NullMarked;
