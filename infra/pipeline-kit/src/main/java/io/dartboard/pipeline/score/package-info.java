/**
 * How cells are compared: the one place that reads a score, lower is better, from an event by its measure. Whoever decides
 * by scores, or speaks of them to people, does not ask whether images or a text were trained on.
 */
@NullMarked
package io.dartboard.pipeline.score;

import org.jspecify.annotations.NullMarked;
