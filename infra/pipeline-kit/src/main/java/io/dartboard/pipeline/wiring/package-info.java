/**
 * The kit as beans, so that a service injects and does not construct: {@link io.dartboard.pipeline.wiring.PipelineBeans}
 * makes them from the configuration, {@link io.dartboard.pipeline.wiring.Lifecycle} ends them in order.
 */
@NullMarked
package io.dartboard.pipeline.wiring;

import org.jspecify.annotations.NullMarked;
