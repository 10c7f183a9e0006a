package io.dartboard.transfer.delivery;

/** A request was refused for good. The message is one line. */
public final class Refusal extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String body;

    Refusal(String message, int status, String body) {
        super(message);
        this.status = status;
        this.body = body;
    }

    /** Of the answer: 300 to 499. */
    public int status() {
        return status;
    }

    /** What was answered. */
    public String body() {
        return body;
    }
}
