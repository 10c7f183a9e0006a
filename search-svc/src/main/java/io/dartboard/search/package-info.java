/**
 * The search service: takes datasets and runs from people (REST), plans one search for each seed of a run
 * ({@link io.dartboard.search.plan.SearchPlanner}), and searches ({@link io.dartboard.search.work.SearchJobRunner}), telling of an
 * alpha checkpoint after each epoch.
 */
@NullMarked
package io.dartboard.search;

import org.jspecify.annotations.NullMarked;
