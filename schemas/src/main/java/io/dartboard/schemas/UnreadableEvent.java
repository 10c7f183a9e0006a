package io.dartboard.schemas;

import java.util.Objects;

/** Bytes that are no event, or an event that does not belong where it was found. The message is one line for people. */
public sealed class UnreadableEvent extends RuntimeException permits UnknownKind {
    private static final long serialVersionUID = 1L;

    public UnreadableEvent(String reason) {
        super(reason);
    }

    public UnreadableEvent(String reason, Throwable cause) {
        super(reason, cause);
    }

    /** One line: what is wrong with the bytes. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
