/**
 * Between the contracts and the science, for every service that trains: a run's settings as the records that nas-core
 * trains with.
 */
@NullMarked
package io.dartboard.training;

import org.jspecify.annotations.NullMarked;
