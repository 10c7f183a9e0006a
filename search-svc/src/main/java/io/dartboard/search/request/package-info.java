/** Asking for a run, by REST or by event: a file becomes a request, and what cannot be done is refused. */
@NullMarked
package io.dartboard.search.request;

import org.jspecify.annotations.NullMarked;
