/**
 * What a language model weighs: exact counts by arithmetic alone. Multiply-adds are those of cell and decoder for one
 * word.
 */
@NullMarked
package io.dartboard.nas.text.cost;

import org.jspecify.annotations.NullMarked;
