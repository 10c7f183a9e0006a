package io.dartboard.bench;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/** Which networks are measured, and the options that only they have. */
enum Space {
    /** Those that see images. */
    CNN("--channels", "--cells", "--side", "--imagenet-batch"),
    /** Those that read text. */
    RNN("--width", "--bptt", "--vocabulary");

    private final List<String> options;

    Space(String... options) {
        this.options = List.of(options);
    }

    /**
     * Refuses options that would do nothing.
     *
     * @throws IllegalArgumentException if the command was given an option of another space
     */
    void requireOwnOptions(CommandSpec command) {
        for (Space other : values()) {
            for (String option : other.options) {
                if (other != this && command.commandLine().getParseResult().hasMatchedOption(option)) {
                    throw new IllegalArgumentException("%s is for --space %s"
                            .formatted(option, other.name().toLowerCase(Locale.ROOT)));
                }
            }
        }
    }
}
