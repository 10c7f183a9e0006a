package io.dartboard.search.body;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The word that was probably meant. */
public final class Nearest {
    private static final int LONGEST = 60;

    private Nearest() {}

    /** The known word that differs in the fewest letters, if those are at most a third of it. */
    public static Optional<String> of(String written, Collection<String> known) {
        if (written.length() > LONGEST) {
            return Optional.empty();
        }
        return known.stream()
                .filter(word -> letters(written, word) <= Math.max(1, word.length() / 3))
                .min(Comparator.comparingInt((String word) -> letters(written, word))
                        .thenComparing(word -> word));
    }

    /** As the end of a refusal: a question, or nothing. */
    public static String question(String written, Collection<String> known) {
        return of(written, known).map("; did you mean %s?"::formatted).orElse("");
    }

    private static int letters(String written, String word) {
        return LevenshteinDistance.getDefaultInstance()
                .apply(written.toLowerCase(Locale.ROOT), word.toLowerCase(Locale.ROOT));
    }
}
