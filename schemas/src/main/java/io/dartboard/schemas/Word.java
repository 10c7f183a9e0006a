package io.dartboard.schemas;

import java.util.Locale;

/** The constants of the contracts as people write and read them. */
public final class Word {
    private Word() {}

    /** One as a word, e.g. {@code cifar-binary}. */
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
