/**
 * The engine of every run of epochs (search, evaluation, transfer), and what they share with whoever runs them: a report
 * after every step, an answer that says whether to go on, and a snapshot from which a run continues as if it had never
 * stopped.
 */
@NullMarked
package io.dartboard.nas.loop;

import org.jspecify.annotations.NullMarked;
