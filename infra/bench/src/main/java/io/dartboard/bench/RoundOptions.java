package io.dartboard.bench;

import picocli.CommandLine.Option;

/** What every comparison can be told. */
final class RoundOptions {
    @Option(
            names = "--rounds",
            defaultValue = "2",
            description = "Turns that each takes, in a process of its own (${DEFAULT-VALUE}).")
    int rounds;

    @Option(names = "--profile", description = "Also print the operations that take most of the time.")
    boolean profile;

    void require() {
        if (rounds < 1) {
            throw new IllegalArgumentException("--rounds must be at least 1 (was %d)".formatted(rounds));
        }
    }

    String threads() {
        return System.getenv().getOrDefault("OMP_NUM_THREADS", "all");
    }
}
