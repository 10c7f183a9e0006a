/** Planners, workers and the REST interface against each other, in every order, without Kafka, clock or threads. */
@NullMarked
package io.dartboard.local.model;

import org.jspecify.annotations.NullMarked;
