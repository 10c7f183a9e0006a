package io.dartboard.nas.genotype;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The recurrent cells against which a search is measured, as the authors of DARTS publish them: both of their own
 * (arXiv 1806.09055) and that of ENAS (arXiv 1802.03268).
 */
public final class PublishedRecurrentGenotypes {
    /** Found by ENAS with reinforcement learning. */
    public static final RecurrentGenotype ENAS = RecurrentGenotype.parse("Genotype("
            + "recurrent=[('tanh', 0), ('tanh', 1), ('relu', 1), ('tanh', 3), ('tanh', 3), ('relu', 3), ('relu', 4), "
            + "('relu', 7), ('relu', 8), ('relu', 8), ('relu', 8)], concat=[2, 5, 6, 9, 10, 11])");

    /** First-order DARTS on Penn Treebank. */
    public static final RecurrentGenotype DARTS_V1 = RecurrentGenotype.parse("Genotype("
            + "recurrent=[('relu', 0), ('relu', 1), ('tanh', 2), ('relu', 3), ('relu', 4), ('identity', 1), "
            + "('relu', 5), ('relu', 1)], concat=range(1, 9))");

    /** Second-order DARTS on Penn Treebank. */
    public static final RecurrentGenotype DARTS_V2 = RecurrentGenotype.parse("Genotype("
            + "recurrent=[('sigmoid', 0), ('relu', 1), ('relu', 1), ('identity', 1), ('tanh', 2), ('sigmoid', 5), "
            + "('tanh', 3), ('relu', 5)], concat=range(1, 9))");

    private static final Map<String, RecurrentGenotype> BY_NAME = new LinkedHashMap<>();

    static {
        BY_NAME.put("ENAS", ENAS);
        BY_NAME.put("DARTS_V1", DARTS_V1);
        BY_NAME.put("DARTS_V2", DARTS_V2);
    }

    private PublishedRecurrentGenotypes() {}

    /** The names that {@link #of} knows, as the authors write them. */
    public static List<String> names() {
        return List.copyOf(BY_NAME.keySet());
    }

    /**
     * The genotype published under a name.
     *
     * @throws IllegalArgumentException if there is none; the message lists those that exist
     */
    public static RecurrentGenotype of(String name) {
        RecurrentGenotype genotype = BY_NAME.get(name);
        if (genotype == null) {
            throw new IllegalArgumentException("unknown published recurrent genotype '%s'; known: %s"
                    .formatted(name, String.join(", ", BY_NAME.keySet())));
        }
        return genotype;
    }
}
