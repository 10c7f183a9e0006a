package io.dartboard.nas.genotype;

import io.dartboard.nas.searchspace.CnnSpace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A pair of convolutional cells as a person may write it: by the name of one that others have published, as a random one,
 * or in the text form. Names are read without regard to case, dashes and underscores.
 *
 * @param name what it is called, such as {@code DARTS_V2} or {@code random:3}; empty for a text
 * @param genotype the cells
 */
public record NamedGenotype(String name, Genotype genotype) {
    private static final Map<String, Genotype> REFERENCE = new LinkedHashMap<>();

    static {
        REFERENCE.put("DARTS_V1", PublishedGenotypes.DARTS_V1);
        REFERENCE.put("DARTS_V2", PublishedGenotypes.DARTS_V2);
        REFERENCE.put("NASNet-A", PublishedGenotypes.NASNET_A);
        REFERENCE.put("AmoebaNet-A", PublishedGenotypes.AMOEBANET_A);
    }

    private static final GenotypeNames<Genotype> NAMES = new GenotypeNames<>(REFERENCE, Genotype::parse);

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
    public static NamedGenotype of(String written, CnnSpace space) {
        return NAMES.read(written, seed -> RandomGenotype.ofSeed(space, seed), NamedGenotype::new);
    }
}
