@NullMarked
package io.dartboard.nas.text.train;

import org.jspecify.annotations.NullMarked;
