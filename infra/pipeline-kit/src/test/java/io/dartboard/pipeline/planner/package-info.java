@NullMarked
package io.dartboard.pipeline.planner;

import org.jspecify.annotations.NullMarked;
