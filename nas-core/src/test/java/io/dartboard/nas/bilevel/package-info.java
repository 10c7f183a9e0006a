@NullMarked
package io.dartboard.nas.bilevel;

import org.jspecify.annotations.NullMarked;
