/**
 * The artifact store and what stands on it: attempts that fence each other, checkpoints, results, and a local cache of
 * archives. {@link io.dartboard.pipeline.artifact.ArtifactStore} is the port, {@link
 * io.dartboard.pipeline.artifact.S3ArtifactStore} puts it on any S3 endpoint through the MinIO client. Keys are never
 * rewritten with other content, manifests are written last, and every digest is checked when it is read.
 */
@NullMarked
package io.dartboard.pipeline.artifact;

import org.jspecify.annotations.NullMarked;
