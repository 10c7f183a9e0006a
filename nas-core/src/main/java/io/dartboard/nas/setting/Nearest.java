package io.dartboard.nas.setting;

import java.util.Collection;
import java.util.Comparator;
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

    /** The known word that differs in fewest letters; empty if it differs in half of them. */
    static Optional<String> to(String word, Collection<String> known) {
        return known.stream()
                .filter(each -> DISTANCE.apply(word, each) <= Math.max(word.length(), each.length()) / 2)
                .min(Comparator.comparingInt(each -> DISTANCE.apply(word, each)));
    }
}
