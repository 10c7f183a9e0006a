/**
 * The evaluation service. Its planner ({@link io.dartboard.eval.EvalPlanner}) turns the searches' final genotypes into
 * retrainings, chooses one cell, and sums up what it and a random cell reach; its worker trains one genotype from scratch
 * for one seed. The two never talk to each other but through topics.
 */
@NullMarked
package io.dartboard.eval;

import org.jspecify.annotations.NullMarked;
