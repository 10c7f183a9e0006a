/** Who is who: ids of runs, jobs and events as digests of what they stand for, so that a repeat has the same name. */
@NullMarked
package io.dartboard.pipeline.identity;

import org.jspecify.annotations.NullMarked;
