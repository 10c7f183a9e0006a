/**
 * What the continuous and the discrete recurrent network share: the language model around the cell, the highway through
 * time, dropout that keeps its mask for a whole sequence, and the loss.
 */
@NullMarked
package io.dartboard.nas.text.ops;

import org.jspecify.annotations.NullMarked;
