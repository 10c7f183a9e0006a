package io.dartboard.nas.genotype;

import io.dartboard.nas.searchspace.CnnSpace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A genotype as a person may write it: by the name of a cell that others have published, as a random cell, or in the text
 * form. Names are read without regard to case, dashes and underscores.
 *
 * @param name what it is called, such as {@code DARTS_V2} or {@code random:3}; empty for a text
 * @param genotype the cells
 */
public record NamedGenotype(String name, Genotype genotype) {
    private static final String RANDOM = "random";
    private static final String TEXT = "Genotype";
    /** Not 0, which is the usual seed of the baseline: a random cell is drawn to be compared with another. */
    private static final long RANDOM_SEED = 1;

    private static final Map<String, Genotype> REFERENCE = new LinkedHashMap<>();

    static {
        REFERENCE.put("DARTS_V1", PublishedGenotypes.DARTS_V1);
        REFERENCE.put("DARTS_V2", PublishedGenotypes.DARTS_V2);
        REFERENCE.put("NASNet-A", PublishedGenotypes.NASNET_A);
        REFERENCE.put("AmoebaNet-A", PublishedGenotypes.AMOEBANET_A);
    }

    /** What can be written besides a text. */
    public static List<String> names() {
        List<String> names = new ArrayList<>(REFERENCE.keySet());
        names.add(RANDOM);
        names.add(RANDOM + ":SEED");
        return List.copyOf(names);
    }

    /**
     * Reads a name or a text.
     *
     * @param space where a random cell is drawn from
     * @throws GenotypeSyntaxException if it begins as a text and is none; the message says where
     * @throws IllegalArgumentException if it is no name; the message lists those that exist
     */
    public static NamedGenotype of(String written, CnnSpace space) {
        String asked = written.strip();
        if (asked.startsWith(TEXT)) {
            return new NamedGenotype("", Genotype.parse(asked));
        }
        String[] parts = asked.split(":", 2);
        if (parts[0].equalsIgnoreCase(RANDOM)) {
            long seed = parts.length == 1 ? RANDOM_SEED : seed(asked, parts[1]);
            return new NamedGenotype(RANDOM + ":" + seed, RandomGenotype.ofSeed(space, seed));
        }
        for (Map.Entry<String, Genotype> cell : REFERENCE.entrySet()) {
            if (letters(cell.getKey()).equals(letters(asked))) {
                return new NamedGenotype(cell.getKey(), cell.getValue());
            }
        }
        throw new IllegalArgumentException("unknown genotype '%s'; known are %s, and a text that begins with %s("
                .formatted(asked, String.join(", ", names()), TEXT));
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
