package io.dartboard.nas.tensor;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares many numbers with one tolerance and says which is off. */
public final class Closeness {
    private Closeness() {}

    /** Asserts {@code |actual - expected| <= absolute + relative * |expected|} for each pair. */
    public static void assertClose(String what, float[] actual, float[] expected, double absolute, double relative) {
        assertThat(actual).as(what).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            double allowed = absolute + relative * Math.abs(expected[i]);
            assertThat((double) Math.abs(actual[i] - expected[i]))
                    .as("%s, element %d: %s instead of %s", what, i, actual[i], expected[i])
                    .isLessThanOrEqualTo(allowed);
        }
    }
}
