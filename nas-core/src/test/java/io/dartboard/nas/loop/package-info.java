@NullMarked
package io.dartboard.nas.loop;

import org.jspecify.annotations.NullMarked;
