@NullMarked
package io.dartboard.pipeline.training;

import org.jspecify.annotations.NullMarked;
