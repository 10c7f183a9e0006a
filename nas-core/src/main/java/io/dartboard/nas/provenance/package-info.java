/**
 * Where a result comes from: random streams that are functions of where they are drawn, digests, the identity of a job,
 * and the platform it ran on. With these a run can be resumed at any step without generator state, and asked for twice
 * without running twice.
 */
@NullMarked
package io.dartboard.nas.provenance;

import org.jspecify.annotations.NullMarked;
