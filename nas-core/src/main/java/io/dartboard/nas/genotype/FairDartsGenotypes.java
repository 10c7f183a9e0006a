package io.dartboard.nas.genotype;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The seven cells that FairDARTS (Chu et al., arXiv 1911.12126) found on CIFAR-10 in as many searches, as its authors publish them. */
public final class FairDartsGenotypes {
    private static final Map<String, Genotype> BY_NAME = new LinkedHashMap<>();

    static {
        add(
                "FairDARTS_a",
                "Genotype(normal=[('sep_conv_3x3', 2, 0), ('sep_conv_5x5', 2, 1), "
                        + "('max_pool_3x3', 4, 0), ('sep_conv_3x3', 5, 0)], normal_concat=range(2, 6), "
                        + "reduce=[('max_pool_3x3', 2, 0), ('avg_pool_3x3', 2, 1), ('avg_pool_3x3', 3, 0), "
                        + "('dil_conv_5x5', 3, 1), ('avg_pool_3x3', 4, 0), ('sep_conv_5x5', 4, 1), "
                        + "('skip_connect', 5, 0), ('skip_connect', 5, 1)], reduce_concat=range(2, 6))");
        add(
                "FairDARTS_b",
                "Genotype(normal=[('sep_conv_3x3', 2, 0), ('sep_conv_3x3', 2, 1), "
                        + "('sep_conv_3x3', 3, 1), ('dil_conv_3x3', 4, 0), ('sep_conv_5x5', 4, 1), "
                        + "('dil_conv_5x5', 5, 1)], normal_concat=range(2, 6), reduce=[('skip_connect', 2, 0), "
                        + "('dil_conv_3x3', 2, 1), ('skip_connect', 3, 0), ('dil_conv_3x3', 3, 1), "
                        + "('max_pool_3x3', 4, 0), ('sep_conv_3x3', 4, 1), ('skip_connect', 5, 2), "
                        + "('max_pool_3x3', 5, 0)], reduce_concat=range(2, 6))");
        add(
                "FairDARTS_c",
                "Genotype(normal=[('max_pool_3x3', 2, 0), ('sep_conv_5x5', 2, 1), "
                        + "('dil_conv_3x3', 4, 0), ('dil_conv_5x5', 4, 2), ('skip_connect', 5, 3), "
                        + "('sep_conv_3x3', 5, 0)], normal_concat=range(2, 6), reduce=[('dil_conv_3x3', 2, 1), "
                        + "('dil_conv_5x5', 2, 0), ('dil_conv_3x3', 3, 0), ('sep_conv_3x3', 3, 1), "
                        + "('sep_conv_5x5', 4, 0), ('sep_conv_5x5', 4, 3), ('sep_conv_5x5', 5, 0), "
                        + "('skip_connect', 5, 1)], reduce_concat=range(2, 6))");
        add(
                "FairDARTS_d",
                "Genotype(normal=[('sep_conv_3x3', 2, 0), ('sep_conv_5x5', 2, 1), "
                        + "('dil_conv_3x3', 3, 1), ('max_pool_3x3', 3, 0), ('dil_conv_3x3', 4, 0), "
                        + "('dil_conv_3x3', 4, 1), ('sep_conv_3x3', 5, 0), ('dil_conv_5x5', 5, 1)], "
                        + "normal_concat=range(2, 6), reduce=[('max_pool_3x3', 2, 0), ('sep_conv_5x5', 2, 1), "
                        + "('avg_pool_3x3', 3, 0), ('dil_conv_5x5', 3, 2), ('dil_conv_3x3', 4, 3), "
                        + "('avg_pool_3x3', 4, 0), ('avg_pool_3x3', 5, 0), ('skip_connect', 5, 3)], "
                        + "reduce_concat=range(2, 6))");
        add(
                "FairDARTS_e",
                "Genotype(normal=[('sep_conv_3x3', 2, 0), ('sep_conv_3x3', 2, 1), "
                        + "('dil_conv_3x3', 4, 1), ('dil_conv_3x3', 4, 2), ('dil_conv_3x3', 5, 0), "
                        + "('dil_conv_5x5', 5, 1)], normal_concat=range(2, 6), reduce=[('max_pool_3x3', 2, 1), "
                        + "('max_pool_3x3', 2, 0), ('max_pool_3x3', 3, 1), ('max_pool_3x3', 3, 0), "
                        + "('sep_conv_5x5', 4, 1), ('max_pool_3x3', 4, 0), ('avg_pool_3x3', 5, 0), "
                        + "('dil_conv_5x5', 5, 1)], reduce_concat=range(2, 6))");
        add(
                "FairDARTS_f",
                "Genotype(normal=[('max_pool_3x3', 2, 0), ('sep_conv_3x3', 2, 1), "
                        + "('dil_conv_3x3', 3, 1), ('sep_conv_5x5', 4, 1), ('sep_conv_3x3', 5, 0), "
                        + "('sep_conv_3x3', 5, 1)], normal_concat=range(2, 6), reduce=[('max_pool_3x3', 2, 0), "
                        + "('max_pool_3x3', 2, 1), ('max_pool_3x3', 3, 0), ('dil_conv_3x3', 3, 1), "
                        + "('dil_conv_3x3', 4, 2), ('max_pool_3x3', 4, 0), ('max_pool_3x3', 5, 0), "
                        + "('sep_conv_3x3', 5, 1)], reduce_concat=range(2, 6))");
        add(
                "FairDARTS_g",
                "Genotype(normal=[('sep_conv_3x3', 2, 0), ('sep_conv_3x3', 2, 1), "
                        + "('skip_connect', 4, 3), ('sep_conv_5x5', 4, 1), ('dil_conv_3x3', 5, 0), "
                        + "('sep_conv_3x3', 5, 1)], normal_concat=range(2, 6), reduce=[('avg_pool_3x3', 2, 1), "
                        + "('skip_connect', 2, 0), ('skip_connect', 3, 2), ('max_pool_3x3', 3, 1), "
                        + "('sep_conv_5x5', 4, 3), ('max_pool_3x3', 4, 0), ('dil_conv_3x3', 5, 1), "
                        + "('dil_conv_3x3', 5, 4)], reduce_concat=range(2, 6))");
    }

    private FairDartsGenotypes() {}

    private static void add(String name, String text) {
        BY_NAME.put(name, Genotype.parse(text));
    }

    /** By the names that the authors give them: {@code FairDARTS_a} to {@code FairDARTS_g}. */
    public static Map<String, Genotype> byName() {
        return Collections.unmodifiableMap(BY_NAME);
    }
}
