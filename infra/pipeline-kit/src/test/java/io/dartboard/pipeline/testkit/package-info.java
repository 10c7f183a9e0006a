/** A real broker and a real S3 endpoint inside the test process. */
@NullMarked
package io.dartboard.pipeline.testkit;

import org.jspecify.annotations.NullMarked;
