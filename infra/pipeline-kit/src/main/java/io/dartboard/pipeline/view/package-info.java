/**
 * What is known of each run, folded from the events alone: the board that the REST interface and the command line read.
 * Nothing here is stored; whoever replays the topics from the beginning sees the same board.
 */
@NullMarked
package io.dartboard.pipeline.view;

import org.jspecify.annotations.NullMarked;
