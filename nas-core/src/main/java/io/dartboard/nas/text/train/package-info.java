/**
 * Retraining of recurrent cells: a genotype becomes a language model of its own, trained from scratch with SGD and then
 * with averaged SGD, and is judged by text it has not seen. What the search learned reaches this package as a genotype and
 * in no other way.
 */
@NullMarked
package io.dartboard.nas.text.train;

import org.jspecify.annotations.NullMarked;
