package io.dartboard.nas.tensor;

/** Bytes that are not a whole and consistent safetensors file; the message says what is wrong with them. */
public final class InvalidSafetensorsException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public InvalidSafetensorsException(String message) {
        super(message);
    }
}
