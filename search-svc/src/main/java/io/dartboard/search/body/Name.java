package io.dartboard.search.body;

import java.util.Optional;

/** What people may call a dataset, a version or an order: it stands in topics' keys, in paths and in file names. */
public final class Name {
    private static final String PATTERN = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";

    private Name() {}

    /**
     * What is wrong with a name, in one line; empty if nothing is.
     *
     * @param field where it stands
     */
    public static Optional<String> fault(String field, String name) {
        return name.matches(PATTERN)
                ? Optional.empty()
                : Optional.of(
                        "%s must be up to 64 letters, digits, dots, dashes and underscores, the first a letter or digit (was '%s')"
                                .formatted(field, name));
    }
}
