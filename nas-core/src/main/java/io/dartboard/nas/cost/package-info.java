/**
 * What a network weighs and what it may weigh, whatever its kind.
 */
@NullMarked
package io.dartboard.nas.cost;

import org.jspecify.annotations.NullMarked;
