/** PyTorch's native libraries: which this build brings, how they get onto the machine, and what is wrong where they do not load. */
@NullMarked
package io.dartboard.nas.natives;

import org.jspecify.annotations.NullMarked;
