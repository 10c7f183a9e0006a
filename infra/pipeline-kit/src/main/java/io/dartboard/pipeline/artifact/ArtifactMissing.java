package io.dartboard.pipeline.artifact;

/** There is no such object. */
public final class ArtifactMissing extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ArtifactMissing(String message) {
        super(message);
    }

    public ArtifactMissing(String message, Throwable cause) {
        super(message, cause);
    }
}
