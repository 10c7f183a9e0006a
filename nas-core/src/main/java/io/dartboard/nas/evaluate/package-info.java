/**
 * Retraining: a genotype becomes a network of its own, trained from scratch, and is judged by images it has not seen.
 * What the search learned reaches this package as a genotype and in no other way.
 */
@NullMarked
package io.dartboard.nas.evaluate;

import org.jspecify.annotations.NullMarked;
