@NullMarked
package io.dartboard.pipeline.score;

import org.jspecify.annotations.NullMarked;
