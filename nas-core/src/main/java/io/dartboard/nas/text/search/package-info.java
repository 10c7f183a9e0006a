/**
 * The search for a recurrent cell on a text: what it is told, its windows and its loss. The hidden states of both texts go
 * on from step to step and belong to what a snapshot keeps.
 */
@NullMarked
package io.dartboard.nas.text.search;

import org.jspecify.annotations.NullMarked;
