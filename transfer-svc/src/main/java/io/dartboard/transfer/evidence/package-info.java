/** Packs what a promotion rests on, once for each. */
@NullMarked
package io.dartboard.transfer.evidence;

import org.jspecify.annotations.NullMarked;
