package io.dartboard.nas.data;

import java.io.IOException;

/** A data set that cannot be used as it is. The message is one line: which file, what is wrong with it, what was expected. */
public final class InvalidDatasetException extends IOException {

    private static final long serialVersionUID = 1L;

    public InvalidDatasetException(String message) {
        super(message);
    }

    public InvalidDatasetException(String message, Throwable cause) {
        super(message, cause);
    }
}
