package io.dartboard.nas.genotype;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The cells against which a search is measured, as the authors of DARTS publish them: both of their own
 * (arXiv 1806.09055), NASNet-A (arXiv 1707.07012) and AmoebaNet-A (arXiv 1802.01548).
 */
public final class PublishedGenotypes {
    /** First-order DARTS on CIFAR-10. */
    public static final Genotype DARTS_V1 = Genotype.parse("Genotype("
            + "normal=[('sep_conv_3x3', 1), ('sep_conv_3x3', 0), ('skip_connect', 0), ('sep_conv_3x3', 1), "
            + "('skip_connect', 0), ('sep_conv_3x3', 1), ('sep_conv_3x3', 0), ('skip_connect', 2)], "
            + "normal_concat=[2, 3, 4, 5], "
            + "reduce=[('max_pool_3x3', 0), ('max_pool_3x3', 1), ('skip_connect', 2), ('max_pool_3x3', 0), "
            + "('max_pool_3x3', 0), ('skip_connect', 2), ('skip_connect', 2), ('avg_pool_3x3', 0)], "
            + "reduce_concat=[2, 3, 4, 5])");

    /** Second-order DARTS on CIFAR-10. */
    public static final Genotype DARTS_V2 = Genotype.parse("Genotype("
            + "normal=[('sep_conv_3x3', 0), ('sep_conv_3x3', 1), ('sep_conv_3x3', 0), ('sep_conv_3x3', 1), "
            + "('sep_conv_3x3', 1), ('skip_connect', 0), ('skip_connect', 0), ('dil_conv_3x3', 2)], "
            + "normal_concat=[2, 3, 4, 5], "
            + "reduce=[('max_pool_3x3', 0), ('max_pool_3x3', 1), ('skip_connect', 2), ('max_pool_3x3', 1), "
            + "('max_pool_3x3', 0), ('skip_connect', 2), ('skip_connect', 2), ('max_pool_3x3', 1)], "
            + "reduce_concat=[2, 3, 4, 5])");

    /** NASNet-A, found by reinforcement learning. */
    public static final Genotype NASNET_A = Genotype.parse("Genotype("
            + "normal=[('sep_conv_5x5', 1), ('sep_conv_3x3', 0), ('sep_conv_5x5', 0), ('sep_conv_3x3', 0), "
            + "('avg_pool_3x3', 1), ('skip_connect', 0), ('avg_pool_3x3', 0), ('avg_pool_3x3', 0), "
            + "('sep_conv_3x3', 1), ('skip_connect', 1)], "
            + "normal_concat=[2, 3, 4, 5, 6], "
            + "reduce=[('sep_conv_5x5', 1), ('sep_conv_7x7', 0), ('max_pool_3x3', 1), ('sep_conv_7x7', 0), "
            + "('avg_pool_3x3', 1), ('sep_conv_5x5', 0), ('skip_connect', 3), ('avg_pool_3x3', 2), "
            + "('sep_conv_3x3', 2), ('max_pool_3x3', 1)], "
            + "reduce_concat=[4, 5, 6])");

    /** AmoebaNet-A, found by evolution. */
    public static final Genotype AMOEBANET_A = Genotype.parse("Genotype("
            + "normal=[('avg_pool_3x3', 0), ('max_pool_3x3', 1), ('sep_conv_3x3', 0), ('sep_conv_5x5', 2), "
            + "('sep_conv_3x3', 0), ('avg_pool_3x3', 3), ('sep_conv_3x3', 1), ('skip_connect', 1), "
            + "('skip_connect', 0), ('avg_pool_3x3', 1)], "
            + "normal_concat=[4, 5, 6], "
            + "reduce=[('avg_pool_3x3', 0), ('sep_conv_3x3', 1), ('max_pool_3x3', 0), ('sep_conv_7x7', 2), "
            + "('sep_conv_7x7', 0), ('avg_pool_3x3', 1), ('max_pool_3x3', 0), ('max_pool_3x3', 1), "
            + "('conv_7x1_1x7', 0), ('sep_conv_3x3', 5)], "
            + "reduce_concat=[3, 4, 6])");

    private static final Map<String, Genotype> BY_NAME = new LinkedHashMap<>();

    static {
        BY_NAME.put("DARTS_V1", DARTS_V1);
        BY_NAME.put("DARTS_V2", DARTS_V2);
        BY_NAME.put("NASNet", NASNET_A);
        BY_NAME.put("AmoebaNet", AMOEBANET_A);
    }

    private PublishedGenotypes() {}

    /** The names that {@link #of} knows, as the authors write them. */
    public static List<String> names() {
        return List.copyOf(BY_NAME.keySet());
    }

    /**
     * The genotype published under a name.
     *
     * @throws IllegalArgumentException if there is none; the message lists those that exist
     */
    public static Genotype of(String name) {
        Genotype genotype = BY_NAME.get(name);
        if (genotype == null) {
            throw new IllegalArgumentException(
                    "unknown published genotype '%s'; known: %s".formatted(name, String.join(", ", BY_NAME.keySet())));
        }
        return genotype;
    }
}
