/** What is no record, or one that says nothing sensible, on every topic. */
@NullMarked
package io.dartboard.local.malformed;

import org.jspecify.annotations.NullMarked;
