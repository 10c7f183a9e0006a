/** Searching: a job becomes alpha checkpoints. */
@NullMarked
package io.dartboard.search.work;

import org.jspecify.annotations.NullMarked;
