package io.dartboard.pipeline.artifact;

/** The store is away, refuses the caller or is full. It passes: try again; the message is one line for an operator. */
public sealed class StoreUnavailable extends RuntimeException permits WorkDirUnavailable {
    private static final long serialVersionUID = 1L;

    public StoreUnavailable(String message) {
        super(message);
    }

    public StoreUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
