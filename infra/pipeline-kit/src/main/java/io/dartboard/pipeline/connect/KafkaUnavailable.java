package io.dartboard.pipeline.connect;

import org.apache.kafka.common.errors.RetriableException;

/** No client can be made now. It may pass, or an operator mends it: try again; the message is one line for an operator. */
public final class KafkaUnavailable extends RetriableException {
    private static final long serialVersionUID = 1L;

    public KafkaUnavailable(String message) {
        super(message);
    }

    public KafkaUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
