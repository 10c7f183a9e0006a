/** Tells whoever deploys cells of each one that is promoted. */
@NullMarked
package io.dartboard.transfer.handover;

import org.jspecify.annotations.NullMarked;
