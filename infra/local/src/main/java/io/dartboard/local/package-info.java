/**
 * The {@code dartboard} command line: brings a local stack up and down, publishes datasets, submits, watches and cancels
 * runs, and shows what came of them. It speaks to the services only as any other user would: over REST and by reading
 * the topics.
 */
@NullMarked
package io.dartboard.local;

import org.jspecify.annotations.NullMarked;
