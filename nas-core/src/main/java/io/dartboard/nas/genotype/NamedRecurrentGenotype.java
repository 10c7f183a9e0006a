package io.dartboard.nas.genotype;

import io.dartboard.nas.searchspace.RecurrentSpace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A recurrent cell as a person may write it; as {@link NamedGenotype}. {@code DARTS_V1} and {@code DARTS_V2} are names in both
 * spaces, so whoever reads one must know which space is meant.
 *
 * @param name what it is called, such as {@code DARTS_V2} or {@code random:3}; empty for a text
 * @param genotype the cell
 */
public record NamedRecurrentGenotype(String name, RecurrentGenotype genotype) {
    private static final Map<String, RecurrentGenotype> REFERENCE = new LinkedHashMap<>();

    static {
        for (String name : PublishedRecurrentGenotypes.names()) {
            REFERENCE.put(name, PublishedRecurrentGenotypes.of(name));
        }
    }

    private static final GenotypeNames<RecurrentGenotype> NAMES =
            new GenotypeNames<>(REFERENCE, RecurrentGenotype::parse);

    /** What can be written besides a text. */
    public static List<String> names() {
        return NAMES.names();
    }

    /**
     * Reads a name or a text.
     *
     * @param space where a random cell is drawn from
     * @throws GenotypeSyntaxException if it begins as a text and is none; the message says where
     * @throws IllegalArgumentException if it is no name; the message lists those that exist
     */
    public static NamedRecurrentGenotype of(String written, RecurrentSpace space) {
        return NAMES.read(written, seed -> RandomRecurrentGenotype.ofSeed(space, seed), NamedRecurrentGenotype::new);
    }
}
