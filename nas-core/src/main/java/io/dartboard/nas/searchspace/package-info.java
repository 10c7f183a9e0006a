/**
 * What may be searched: the primitives of the published spaces, the shape of a cell, and the shape of the network that
 * stacks cells. A {@link io.dartboard.nas.searchspace.SearchSpace} is a fact named by an id; nothing here computes.
 */
@NullMarked
package io.dartboard.nas.searchspace;

import org.jspecify.annotations.NullMarked;
