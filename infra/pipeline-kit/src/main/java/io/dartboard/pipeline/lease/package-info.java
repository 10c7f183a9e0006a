/**
 * Who is at a job: a lease for each attempt in the artifact store, created where there is none and written by its holder
 * alone. It numbers the attempts, fences them off from each other, and counts those that begin and get nowhere.
 */
@NullMarked
package io.dartboard.pipeline.lease;

import org.jspecify.annotations.NullMarked;
