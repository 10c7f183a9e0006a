/** Tells a registry of models, which is no part of this product, of each cell that is promoted. */
@NullMarked
package io.dartboard.transfer.registry;

import org.jspecify.annotations.NullMarked;
