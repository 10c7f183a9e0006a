package io.dartboard.nas.genotype;

import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.ConvolutionalSpace;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.searchspace.SearchSpace;
import java.util.List;
import java.util.Map;

/**
 * A discrete architecture of any space: what a search finds, what is retrained and what people compare. Its
 * {@link #toString} is the text form that the authors publish.
 */
public sealed interface Architecture permits ConvolutionalArchitecture, RecurrentGenotype {

    /** The representative of all that differ from this one in naming and order alone. */
    Architecture canonical();

    /** SHA-256 of the canonical text in UTF-8, as 64 lower-case hexadecimal digits. */
    String hash();

    /**
     * The least number of edits that turn this into another: {@link GenotypeDistance}, {@link RecurrentGenotypeDistance}.
     *
     * @throws IllegalArgumentException if the other is of another kind
     */
    int distance(Architecture other);

    /**
     * What is kept in each of the cells that were searched.
     *
     * @return by the cell's name, as alphas have it
     */
    Map<String, List<KeptOperation>> kept();

    /** A picture for a terminal; lines end in {@code \n}, without trailing blanks: {@link CellText}. */
    String text();

    /**
     * A picture as an XML document: {@link CellSvg}.
     *
     * @param title heading, wrapped to the picture's width
     * @param caption text below, wrapped likewise; blank for none
     */
    String svg(String title, String caption);

    /**
     * Reads the authors' text form, which says of which kind it is.
     *
     * @throws GenotypeSyntaxException if it is none; the message says where and what was expected
     */
    static Architecture parse(String text) {
        return RecurrentGenotype.isMeantBy(text)
                ? RecurrentGenotype.parse(text)
                : ConvolutionalArchitecture.parse(text);
    }

    /**
     * The random architecture of a seed; equal arguments give equal ones, on every machine: {@link RandomGenotype},
     * {@link RandomRecurrentGenotype}, {@link NasBench201Genotype#ofSeed}.
     */
    static Architecture random(SearchSpace space, long seed) {
        if (space instanceof RecurrentSpace recurrent) {
            return RandomRecurrentGenotype.ofSeed(recurrent, seed);
        }
        return random((ConvolutionalSpace) space, seed);
    }

    /** As {@link #random(SearchSpace, long)}, of convolutional cells. */
    static ConvolutionalArchitecture random(ConvolutionalSpace space, long seed) {
        return space instanceof CnnSpace cells ? RandomGenotype.stacked(cells, seed) : NasBench201Genotype.ofSeed(seed);
    }
}
