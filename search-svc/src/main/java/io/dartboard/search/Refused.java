package io.dartboard.search;

import java.util.Objects;

/** A request that cannot be met as it is. The message is the one line for whoever asked: what, where, what to do. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Problem.Kind kind;

    Refused(Problem.Kind kind, String detail) {
        super(detail);
        this.kind = kind;
    }

    Refused(Problem.Kind kind, String detail, Throwable cause) {
        super(detail, cause);
        this.kind = kind;
    }

    /** The body has no meaning: not JSON, a field unknown or of the wrong type. */
    static Refused malformed(String detail) {
        return new Refused(Problem.Kind.MALFORMED, detail);
    }

    /** The body has a meaning that cannot be met. */
    static Refused impossible(String detail) {
        return new Refused(Problem.Kind.IMPOSSIBLE, detail);
    }

    Problem.Kind kind() {
        return kind;
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
