/** Data sets as people bring them: of which form they are, and what is found in them before they are published. */
@NullMarked
package io.dartboard.nas.dataset;

import org.jspecify.annotations.NullMarked;
