package io.dartboard.nas.setting;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** What somebody may have meant who wrote a word that is not known. */
public final class Nearest {
    private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();

    private Nearest() {}

    /**
     * The end of a refusal: the word that was probably meant, and those that are known.
     *
     * @param known in the order in which they are told
     */
    public static String orKnown(String word, Collection<String> known) {
        return to(word, known).map("; did you mean %s? "::formatted).orElse("; ") + "known: "
                + String.join(", ", known);
    }

    /** The end of a refusal: a question, or nothing. */
    public static String question(String word, Collection<String> known) {
        return to(word, known).map("; did you mean %s?"::formatted).orElse("");
    }

    /** The known word that differs in fewest letters, whatever their case; empty if it differs in more than two of five. */
    static Optional<String> to(String word, Collection<String> known) {
        return known.stream()
                .filter(each -> Math.abs(word.length() - each.length()) <= most(word, each))
                .filter(each -> differing(word, each) <= most(word, each))
                .min(Comparator.comparingInt((String each) -> differing(word, each))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static int most(String word, String other) {
        return Math.max(1, 2 * Math.max(word.length(), other.length()) / 5);
    }

    private static int differing(String word, String other) {
        return DISTANCE.apply(word.toLowerCase(Locale.ROOT), other.toLowerCase(Locale.ROOT));
    }
}
