/**
 * A discrete architecture: what a search finds, what retraining builds and what people compare. The text form is the one
 * the authors of DARTS publish, so cells travel between this system and theirs; the canonical form and its hash say when
 * two texts mean the same cell.
 */
@NullMarked
package io.dartboard.nas.genotype;

import org.jspecify.annotations.NullMarked;
