/** What is told by events, and what is known of them at once. */
@NullMarked
package io.dartboard.search.event;

import org.jspecify.annotations.NullMarked;
