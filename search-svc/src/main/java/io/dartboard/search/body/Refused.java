package io.dartboard.search.body;

import io.dartboard.schemas.OneLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A request that cannot be met as it is. The message is the one line for whoever asked: what, where, what to do. */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Problem.Kind kind;

    private final ArrayList<String> faults;

    private static final int LONGEST = 1_000;

    public Refused(Problem.Kind kind, String detail) {
        super(oneLine(detail));
        this.kind = kind;
        this.faults = new ArrayList<>(List.of(oneLine(detail)));
    }

    public Refused(Problem.Kind kind, String detail, Throwable cause) {
        super(oneLine(detail), cause);
        this.kind = kind;
        this.faults = new ArrayList<>(List.of(oneLine(detail)));
    }

    /** Several things are wrong at once, one line each. */
    public Refused(Problem.Kind kind, List<String> faults) {
        super(oneLine(String.join("; and ", faults)));
        this.kind = kind;
        this.faults = new ArrayList<>(faults);
    }

    /** The body has no meaning: not JSON, a field unknown or of the wrong type. */
    public static Refused malformed(String detail) {
        return new Refused(Problem.Kind.MALFORMED, detail);
    }

    /** The body has a meaning that cannot be met. */
    public static Refused impossible(String detail) {
        return new Refused(Problem.Kind.IMPOSSIBLE, detail);
    }

    /** What is asked for does not exist. */
    public static Refused unknown(String detail) {
        return new Refused(Problem.Kind.UNKNOWN, detail);
    }

    /** What is asked for cannot be now, as things stand. */
    public static Refused conflict(String detail) {
        return new Refused(Problem.Kind.CONFLICT, detail);
    }

    /** What was asked for may stand in it, of any length and with whatever in it. */
    private static String oneLine(String detail) {
        return Body.shortened(OneLine.of(detail), LONGEST);
    }

    /** What is wrong, one line each. */
    public List<String> faults() {
        return List.copyOf(faults);
    }

    public Problem.Kind kind() {
        return kind;
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
