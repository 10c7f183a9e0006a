package io.dartboard.search.body;

import io.dartboard.schemas.OneLine;
import java.util.Objects;

/** A request that cannot be met as it is. The message is the one line for whoever asked: what, where, what to do. */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Problem.Kind kind;

    private static final int LONGEST = 1_000;

    public Refused(Problem.Kind kind, String detail) {
        super(oneLine(detail));
        this.kind = kind;
    }

    public Refused(Problem.Kind kind, String detail, Throwable cause) {
        super(oneLine(detail), cause);
        this.kind = kind;
    }

    /** The body has no meaning: not JSON, a field unknown or of the wrong type. */
    public static Refused malformed(String detail) {
        return new Refused(Problem.Kind.MALFORMED, detail);
    }

    /** The body has a meaning that cannot be met. */
    public static Refused impossible(String detail) {
        return new Refused(Problem.Kind.IMPOSSIBLE, detail);
    }

    /** What was asked for may stand in it, of any length and with whatever in it. */
    private static String oneLine(String detail) {
        return Body.shortened(OneLine.of(detail), LONGEST);
    }

    public Problem.Kind kind() {
        return kind;
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
