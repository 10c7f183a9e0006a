/** Evidence packs: what a promotion rests on, in one file, and where it lies. */
@NullMarked
package io.dartboard.pipeline.evidence;

import org.jspecify.annotations.NullMarked;
