package io.dartboard.nas.genotype;

import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.ConvolutionalSpace;
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
    private static final String TEXT = "Genotype(…)";
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
            new GenotypeNames<>(CELLS, StackedCells::parse, TEXT);
    private static final GenotypeNames<ConvolutionalArchitecture> OF_NAS_BENCH_201 =
            new GenotypeNames<>(Map.of(), NasBench201Genotype::parse, "|op~0|+|op~0|op~1|+|op~0|op~1|op~2|");
    private static final GenotypeNames<RecurrentGenotype> OF_RECURRENT =
            new GenotypeNames<>(RECURRENT, RecurrentGenotype::parse, TEXT);

    /** What can be written besides a text, of a space. */
    public static List<String> names(SearchSpace space) {
        return known(space).names();
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
        return space instanceof RecurrentSpace recurrent
                ? of(written, recurrent)
                : of(written, (ConvolutionalSpace) space);
    }

    /** As {@link #of(String, SearchSpace)}, of convolutional cells. */
    public static NamedGenotype<ConvolutionalArchitecture> of(String written, ConvolutionalSpace space) {
        requireKind(written, space);
        return space instanceof CnnSpace cells
                ? OF_CELLS.read(written, seed -> RandomGenotype.stacked(cells, seed))
                : OF_NAS_BENCH_201.read(written, NasBench201Genotype::ofSeed);
    }

    /** As {@link #of(String, SearchSpace)}, of a recurrent cell. */
    public static NamedGenotype<RecurrentGenotype> of(String written, RecurrentSpace space) {
        requireKind(written, space);
        return OF_RECURRENT.read(written, seed -> RandomRecurrentGenotype.ofSeed(space, seed));
    }

    private static GenotypeNames<?> known(SearchSpace space) {
        if (space instanceof RecurrentSpace) {
            return OF_RECURRENT;
        }
        return space instanceof CnnSpace ? OF_CELLS : OF_NAS_BENCH_201;
    }

    /** Refuses the text of a cell of another kind. */
    private static void requireKind(String written, SearchSpace space) {
        // No name holds a bracket.
        boolean isText = written.contains("(") || GenotypeNames.isText(written.strip());
        if (isText && !known(space).equals(meant(written))) {
            throw new IllegalArgumentException(
                    "this is no cell of space %s; name the space that it is of, or give another cell"
                            .formatted(space.id()));
        }
    }

    private static GenotypeNames<?> meant(String text) {
        if (NasBench201Genotype.hasForm(text)) {
            return OF_NAS_BENCH_201;
        }
        return RecurrentGenotype.isMeantBy(text) ? OF_RECURRENT : OF_CELLS;
    }
}
