/**
 * The two kinds of data, images and texts, each with all that differs between them. A service asks for the kind of what it has
 * ({@link io.dartboard.training.kind.Kind}) and leaves the rest to it.
 */
@NullMarked
package io.dartboard.training.kind;

import org.jspecify.annotations.NullMarked;
