/**
 * Configuration under the prefix {@code dartboard}: {@link io.dartboard.pipeline.config.PipelineConfig} names every option
 * with its default; the records beside it hold one concern each, already validated, so that no class of the kit needs a
 * configuration library to be constructed.
 */
@NullMarked
package io.dartboard.pipeline.config;

import org.jspecify.annotations.NullMarked;
