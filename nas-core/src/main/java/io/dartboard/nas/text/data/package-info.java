/**
 * Texts: corpora of tokens, their vocabulary, the columns and windows that a language model reads, and the perplexity of
 * guessing each word by its frequency.
 */
@NullMarked
package io.dartboard.nas.text.data;

import org.jspecify.annotations.NullMarked;
