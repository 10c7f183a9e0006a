/** From runs to search jobs. */
@NullMarked
package io.dartboard.search.plan;

import org.jspecify.annotations.NullMarked;
