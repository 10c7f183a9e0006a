package io.dartboard.pipeline.artifact;

/** An object is not what its digest or its manifest says. */
public final class ArtifactCorrupt extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ArtifactCorrupt(String message) {
        super(message);
    }

    public ArtifactCorrupt(String message, Throwable cause) {
        super(message, cause);
    }
}
