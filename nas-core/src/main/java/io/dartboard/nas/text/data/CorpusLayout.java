package io.dartboard.nas.text.data;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** How the three files of a corpus are named. */
public enum CorpusLayout {
    /** {@code ptb.train.txt} and so on, as Mikolov's Penn Treebank comes. */
    PENN("ptb.", ".txt"),
    /** {@code wiki.train.tokens} and so on, as WikiText comes. */
    WIKI("wiki.", ".tokens"),
    /** {@code wiki.train.raw} and so on, as WikiText comes before rare words are replaced. */
    WIKI_RAW("wiki.", ".raw"),
    /** {@code train.txt} and so on, as the program of the authors of DARTS reads any corpus. */
    PLAIN("", ".txt");

    /** The parts of a corpus, in the order in which the vocabulary grows. */
    public static final List<String> PARTS = List.of("train", "valid", "test");

    private final String prefix;
    private final String suffix;

    CorpusLayout(String prefix, String suffix) {
        this.prefix = prefix;
        this.suffix = suffix;
    }

    /** Name of the file of one of the {@link #PARTS}. */
    public String file(String part) {
        return prefix + part + suffix;
    }

    /** The three files, as one writes it for a person: {@code ptb.{train,valid,test}.txt}. */
    public String pattern() {
        return prefix + "{" + String.join(",", PARTS) + "}" + suffix;
    }

    /** Every {@link #pattern}, as a choice. */
    public static String patterns() {
        return Arrays.stream(values()).map(CorpusLayout::pattern).collect(Collectors.joining(" or "));
    }

    /** The layout in which a file of this name is a part. */
    public static Optional<CorpusLayout> ofFile(String name) {
        return Arrays.stream(values())
                .filter(layout ->
                        PARTS.stream().anyMatch(part -> layout.file(part).equals(name)))
                .findFirst();
    }

    /**
     * The layouts of which there is at least one part. {@link #WIKI_RAW} and {@link #PLAIN} count only where a corpus under
     * the names of Penn Treebank or WikiText is not there: it may bring what it was made from.
     */
    static Set<CorpusLayout> among(Collection<String> names) {
        Set<CorpusLayout> found = EnumSet.noneOf(CorpusLayout.class);
        names.forEach(name -> ofFile(name).ifPresent(found::add));
        if (found.contains(PENN) || found.contains(WIKI)) {
            found.removeAll(EnumSet.of(WIKI_RAW, PLAIN));
        }
        return found;
    }
}
