/** Tests of the search service. */
@NullMarked
package io.dartboard.search;

import org.jspecify.annotations.NullMarked;
