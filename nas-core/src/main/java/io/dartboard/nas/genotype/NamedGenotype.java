package io.dartboard.nas.genotype;

import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.searchspace.SearchSpace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An architecture as a person may write it: by the name of one that others have published, as a random one, or in the text
 * form. Names are read without regard to case, dashes and underscores. Some are names in several spaces, so whoever reads one
 * must know which space is meant.
 *
 * @param name what it is called, such as {@code DARTS_V2} or {@code random:3}; empty for a text
 * @param genotype the architecture
 */
public record NamedGenotype<A extends Architecture>(String name, A genotype) {
    private static final Map<String, ConvolutionalArchitecture> CELLS = new LinkedHashMap<>();
    private static final Map<String, RecurrentGenotype> RECURRENT = new LinkedHashMap<>();

    static {
        CELLS.put("DARTS_V1", PublishedGenotypes.DARTS_V1);
        CELLS.put("DARTS_V2", PublishedGenotypes.DARTS_V2);
        CELLS.put("NASNet-A", PublishedGenotypes.NASNET_A);
        CELLS.put("AmoebaNet-A", PublishedGenotypes.AMOEBANET_A);
        CELLS.putAll(FairDartsGenotypes.byName());
        KnownNetwork.all().forEach(network -> CELLS.put(network.name(), network.architecture()));
        for (String name : PublishedRecurrentGenotypes.names()) {
            RECURRENT.put(name, PublishedRecurrentGenotypes.of(name));
        }
    }

    private static final GenotypeNames<ConvolutionalArchitecture> OF_CELLS =
            new GenotypeNames<>(CELLS, ConvolutionalArchitecture::parse);
    private static final GenotypeNames<RecurrentGenotype> OF_RECURRENT =
            new GenotypeNames<>(RECURRENT, RecurrentGenotype::parse);

    /** What can be written besides a text, of a space. */
    public static List<String> names(SearchSpace space) {
        return space instanceof RecurrentSpace ? OF_RECURRENT.names() : OF_CELLS.names();
    }

    /**
     * Reads a name or a text.
     *
     * @param space of which it must be, and from which a random one is drawn
     * @throws GenotypeSyntaxException if it begins as a text and is none; the message says where
     * @throws IllegalArgumentException if it is no name, and the message lists those that exist; or if it is the text of
     *     another kind
     */
    public static NamedGenotype<? extends Architecture> of(String written, SearchSpace space) {
        // No name holds a bracket.
        boolean isOfAnother =
                written.contains("(") && RecurrentGenotype.isMeantBy(written) != space instanceof RecurrentSpace;
        if (isOfAnother) {
            throw new IllegalArgumentException(
                    "this is no cell of space %s; name the space that it is of, or give another cell"
                            .formatted(space.id()));
        }
        return space instanceof RecurrentSpace recurrent ? of(written, recurrent) : of(written, (CnnSpace) space);
    }

    /** As {@link #of(String, SearchSpace)}, of convolutional cells. */
    public static NamedGenotype<ConvolutionalArchitecture> of(String written, CnnSpace space) {
        return OF_CELLS.read(written, seed -> RandomGenotype.ofSeed(space, seed));
    }

    /** As {@link #of(String, SearchSpace)}, of a recurrent cell. */
    public static NamedGenotype<RecurrentGenotype> of(String written, RecurrentSpace space) {
        return OF_RECURRENT.read(written, seed -> RandomRecurrentGenotype.ofSeed(space, seed));
    }
}
