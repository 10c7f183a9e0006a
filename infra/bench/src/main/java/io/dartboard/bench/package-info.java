/**
 * What the engine costs: seconds, memory and operations of a step, beside the plain networks it is proven equal to. Each
 * figure in the documentation names the command of this module that gives it again.
 */
@NullMarked
package io.dartboard.bench;

import org.jspecify.annotations.NullMarked;
