/**
 * Between the contracts and the science, for every service that trains: a run's settings as what nas-core trains with
 * ({@link io.dartboard.training.BoundSettings}), its datasets ({@link io.dartboard.training.Datasets}), a job at a training loop ({@link io.dartboard.training.TrainingJob}), and what
 * the events tell of a training ({@link io.dartboard.training.Curves}, {@link io.dartboard.training.TrainedWeights}).
 */
@NullMarked
package io.dartboard.training;

import org.jspecify.annotations.NullMarked;
