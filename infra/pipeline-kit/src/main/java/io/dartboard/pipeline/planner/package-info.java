/**
 * The planner: facts in, facts and job requests out, exactly once. A service writes a
 * {@link io.dartboard.pipeline.planner.Decider}, which is pure; {@link io.dartboard.pipeline.planner.PlannerTopology} puts
 * it on Kafka Streams, {@link io.dartboard.pipeline.planner.PlannerStreams} runs it.
 */
@NullMarked
package io.dartboard.pipeline.planner;

import org.jspecify.annotations.NullMarked;
