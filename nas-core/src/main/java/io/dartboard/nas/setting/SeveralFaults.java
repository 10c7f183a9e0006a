package io.dartboard.nas.setting;

import java.util.List;
import java.util.stream.Stream;

/** Several settings are wrong at once. */
public final class SeveralFaults extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String[] lines;

    /** Joins refusals, of which some may be of several faults themselves. */
    SeveralFaults(List<IllegalArgumentException> refusals) {
        this(refusals.stream().flatMap(each -> of(each).stream()).distinct().toArray(String[]::new));
    }

    private SeveralFaults(String... lines) {
        super(String.join("; and ", lines));
        this.lines = lines;
    }

    /** What a refusal finds wrong, one line each. */
    public static List<String> of(IllegalArgumentException refusal) {
        return refusal instanceof SeveralFaults several
                ? Stream.of(several.lines).toList()
                : List.of(String.valueOf(refusal.getMessage()));
    }
}
