/**
 * Health on the management interface. A service enters its probes on the {@link
 * io.dartboard.pipeline.health.HealthBoard}; the three checks report them. Live is the training thread's word alone: no
 * outage of Kafka or the store may ever restart a search.
 */
@NullMarked
package io.dartboard.pipeline.health;

import org.jspecify.annotations.NullMarked;
