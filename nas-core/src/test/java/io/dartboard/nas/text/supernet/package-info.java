@NullMarked
package io.dartboard.nas.text.supernet;

import org.jspecify.annotations.NullMarked;
