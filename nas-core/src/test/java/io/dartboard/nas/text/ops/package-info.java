@NullMarked
package io.dartboard.nas.text.ops;

import org.jspecify.annotations.NullMarked;
