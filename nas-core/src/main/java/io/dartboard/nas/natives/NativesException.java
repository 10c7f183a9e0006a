package io.dartboard.nas.natives;

/** The native libraries cannot be used. The message is one line: what is wrong, where, and what to do. */
public final class NativesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NativesException(String message) {
        super(message);
    }

    NativesException(String message, Throwable cause) {
        super(message, cause);
    }
}
