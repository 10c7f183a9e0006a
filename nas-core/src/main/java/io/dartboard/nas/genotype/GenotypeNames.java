package io.dartboard.nas.genotype;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongFunction;

/**
 * Reads a genotype as a person may write it, of one kind of cell. Names are read without regard to case, dashes and
 * underscores.
 *
 * @param published cells by the name under which others have published them
 * @param parser reads the text form
 * @param form what a text looks like, for people
 */
record GenotypeNames<G extends Architecture>(Map<String, G> published, Function<String, G> parser, String form) {
    private static final String RANDOM = "random";
    private static final String TEXT = "Genotype";
    private static final int LONGEST_NAME = 40;
    /** Not 0, which is the usual seed of the baseline: a random cell is drawn to be compared with another. */
    private static final long RANDOM_SEED = 1;

    /** What can be written besides a text. */
    List<String> names() {
        List<String> names = new ArrayList<>(published.keySet());
        names.add(RANDOM);
        names.add(RANDOM + ":SEED");
        return List.copyOf(names);
    }

    /**
     * Reads a name or a text.
     *
     * @param random draws the cell of a seed
     */
    NamedGenotype<G> read(String written, LongFunction<G> random) {
        String asked = written.strip();
        if (isText(asked)) {
            return new NamedGenotype<>("", parser.apply(asked));
        }
        String[] parts = asked.split(":", 2);
        if (parts[0].equalsIgnoreCase(RANDOM)) {
            long seed = parts.length == 1 ? RANDOM_SEED : seed(asked, parts[1]);
            return new NamedGenotype<>(RANDOM + ":" + seed, random.apply(seed));
        }
        for (Map.Entry<String, G> cell : published.entrySet()) {
            if (letters(cell.getKey()).equals(letters(asked))) {
                return new NamedGenotype<>(cell.getKey(), cell.getValue());
            }
        }
        String shown = asked.length() > LONGEST_NAME ? asked.substring(0, LONGEST_NAME) + "…" : asked;
        throw new IllegalArgumentException("unknown genotype '%s'; known are %s, and a text that holds %s"
                .formatted(shown, String.join(", ", names()), form));
    }

    /** Whether it is meant as a text, be it right or wrong, and not as a name. */
    static boolean isText(String asked) {
        return asked.contains(TEXT)
                || NasBench201Genotype.hasForm(asked)
                || ForeignNotation.of(asked).isPresent();
    }

    private static long seed(String asked, String digits) {
        try {
            return Long.parseLong(digits.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "the seed of a random genotype must be a whole number, as in random:3 (was '%s')".formatted(asked),
                    e);
        }
    }

    private static String letters(String name) {
        return name.replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
    }
}
