/**
 * The transfer service. Its planner ({@link io.dartboard.transfer.TransferPlanner}) sends the chosen cell to the larger
 * task and gives the verdict on the run; its worker trains the cell there, once. The two never talk to each other but
 * through topics.
 */
@NullMarked
package io.dartboard.transfer;

import org.jspecify.annotations.NullMarked;
