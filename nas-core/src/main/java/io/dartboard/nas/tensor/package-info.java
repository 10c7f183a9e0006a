/**
 * The thin functional layer over DJL's PyTorch engine: who owns native memory, how values enter and leave the device,
 * what records gradients, and the few functions networks are made of. A Java number never meets a tensor that needs a
 * gradient outside this package, because DJL keeps such a number in a buffer that may be gone before the backward pass
 * reads it.
 */
@NullMarked
package io.dartboard.nas.tensor;

import org.jspecify.annotations.NullMarked;
