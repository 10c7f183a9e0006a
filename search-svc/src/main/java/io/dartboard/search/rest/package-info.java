/** The REST interface and its description. */
@NullMarked
package io.dartboard.search.rest;

import org.jspecify.annotations.NullMarked;
