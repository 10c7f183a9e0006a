/**
 * Who is at a job: one lease a job in the artifact store, {@code jobs/<job>/lease.json}, created and moved by conditional
 * writes alone. It numbers the attempts, fences them off from each other, and counts those that begin and get nowhere.
 */
@NullMarked
package io.dartboard.pipeline.lease;

import org.jspecify.annotations.NullMarked;
