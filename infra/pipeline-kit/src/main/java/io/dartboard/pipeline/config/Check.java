package io.dartboard.pipeline.config;

import java.time.Duration;

/** The checks that several records share. */
final class Check {
    private Check() {}

    static void filled(String option, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("%s must not be empty; set it in the configuration".formatted(option));
        }
    }

    static void positive(String option, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException("%s must be longer than zero (was %s)".formatted(option, value));
        }
    }
}
