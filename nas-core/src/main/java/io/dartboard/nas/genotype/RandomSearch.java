package io.dartboard.nas.genotype;

import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.searchspace.SearchSpace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Random search: cells drawn at random, among which the brief retraining chooses as it does among the cells of other methods'
 * searches. Nothing is trained to search, so all that it costs is the retraining of each.
 *
 * <p>Source: Li and Talwalkar (arXiv 1902.07638), section 3; DARTS (arXiv 1806.09055), tables 1 and 2: 24 convolutional cells
 * are worth about as much device time as its search, and 8 recurrent ones.
 *
 * @param draws how many cells each seed draws
 */
public record RandomSearch(int draws) {
    /** By which a run asks for it, as for any other method. */
    public static final String ID = "random";

    /** As many as DARTS draws. */
    public static final RandomSearch USUAL = new RandomSearch(24);

    /** What it is, for people. */
    public static final String SOURCE =
            "random search (arXiv 1902.07638): cells drawn at random, of which the brief retraining chooses; nothing is trained"
                    + " to search";

    /** How many cells one run draws at most: all are told in one event, and each is a retraining. */
    public static final int MOST = 100;

    private static final String DRAWS = "draws";
    /** A space that gives nothing new in so many draws has little more. */
    private static final int VAIN_DRAWS = 1_000;
    /** Seeds of single draws are as short as people can read. */
    private static final int SEEDS = 1_000_000_000;

    /** @throws IllegalArgumentException if it draws none, or too many */
    public RandomSearch {
        if (draws < 1 || draws > MOST) {
            throw new IllegalArgumentException("parameters.draws must be from 1 to %d (was %d)".formatted(MOST, draws));
        }
    }

    /**
     * With parameters as a run gives them.
     *
     * @param given by name; what is not there is as usual
     * @throws IllegalArgumentException with one line, if there is another, or it cannot be
     */
    public static RandomSearch of(Map<String, Double> given) {
        for (String name : given.keySet()) {
            if (!name.equals(DRAWS)) {
                throw new IllegalArgumentException(
                        "parameters.%s is none of method %s, which has %s".formatted(name, ID, DRAWS));
            }
        }
        double draws = given.getOrDefault(DRAWS, (double) USUAL.draws);
        if (draws != Math.rint(draws) || Math.abs(draws) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("parameters.draws must be a whole number (was %s)".formatted(draws));
        }
        return new RandomSearch((int) draws);
    }

    /** As {@link #of} reads them. */
    public SortedMap<String, Double> parameters() {
        return new TreeMap<>(Map.of(DRAWS, (double) draws));
    }

    /**
     * The cells that seeds draw, all different up to the naming of nodes, each by the name {@code random:SEED} of a single draw
     * that gives it. Equal arguments give equal cells, on every machine; another seed draws anew.
     *
     * @throws IllegalArgumentException if these are too many, or more than the space has
     */
    public List<NamedGenotype<Architecture>> cells(SearchSpace space, List<Long> seeds) {
        if ((long) draws * seeds.size() > MOST) {
            throw new IllegalArgumentException(
                    "parameters.draws: %d cells for each of %d seeds are more than %d; ask for several runs"
                            .formatted(draws, seeds.size(), MOST));
        }
        List<NamedGenotype<Architecture>> cells = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (long seed : seeds) {
            int wanted = cells.size() + draws;
            int vain = 0;
            for (int draw = 0; cells.size() < wanted; draw++) {
                long single =
                        new RandomStreams(seed).stream("random-search", 0, draw).nextInt(SEEDS);
                Architecture cell = Architecture.random(space, single);
                if (known.add(cell.hash())) {
                    cells.add(new NamedGenotype<>("random:" + single, cell));
                    vain = 0;
                } else if (++vain == VAIN_DRAWS) {
                    throw new IllegalArgumentException(
                            "parameters.draws: space %s hardly has more than %d cells; draw fewer"
                                    .formatted(space.id(), cells.size()));
                }
            }
        }
        return List.copyOf(cells);
    }
}
