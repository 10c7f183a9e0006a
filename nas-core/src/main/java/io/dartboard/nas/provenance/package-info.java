/**
 * Where a result comes from: random streams that are functions of where they are drawn, and digests. With these a run can
 * be resumed at any step without generator state, and proved to be the same.
 */
@NullMarked
package io.dartboard.nas.provenance;

import org.jspecify.annotations.NullMarked;
