/** What comes in by REST: bodies that are read strictly, and how what is wrong with them is told. */
@NullMarked
package io.dartboard.search.body;

import org.jspecify.annotations.NullMarked;
