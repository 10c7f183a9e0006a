/**
 * What the three training loops (search, evaluation, transfer) share with whoever runs them: a report after every step,
 * an answer that says whether to go on, and a snapshot from which a run continues as if it had never stopped.
 */
@NullMarked
package io.dartboard.nas.loop;

import org.jspecify.annotations.NullMarked;
