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

    /** The known word that differs in fewest letters, whatever their case; empty if it differs in half of them. */
    static Optional<String> to(String word, Collection<String> known) {
        return known.stream()
                .filter(each -> differing(word, each) <= Math.max(word.length(), each.length()) / 2)
                .min(Comparator.comparingInt(each -> differing(word, each)));
    }

    private static int differing(String word, String other) {
        return DISTANCE.apply(word.toLowerCase(Locale.ROOT), other.toLowerCase(Locale.ROOT));
    }
}
