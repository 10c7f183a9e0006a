@NullMarked
package io.dartboard.nas.preset;

import org.jspecify.annotations.NullMarked;
