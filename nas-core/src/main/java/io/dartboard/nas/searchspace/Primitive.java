package io.dartboard.nas.searchspace;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A candidate operation of a convolutional cell, under the name its authors published. The first eight are the DARTS
 * candidates in their published order; the last two appear only in the NASNet-A and AmoebaNet-A cells.
 *
 * <p>Source: DARTS (arXiv 1806.09055), section 3.1 and appendix A.1.
 */
public enum Primitive {
    NONE("none", true),
    MAX_POOL_3X3("max_pool_3x3", true),
    AVG_POOL_3X3("avg_pool_3x3", true),
    SKIP_CONNECT("skip_connect", true),
    SEP_CONV_3X3("sep_conv_3x3", false),
    SEP_CONV_5X5("sep_conv_5x5", false),
    DIL_CONV_3X3("dil_conv_3x3", false),
    DIL_CONV_5X5("dil_conv_5x5", false),
    SEP_CONV_7X7("sep_conv_7x7", false),
    CONV_7X1_1X7("conv_7x1_1x7", false);

    private final String publishedName;
    private final boolean parameterFree;

    Primitive(String publishedName, boolean parameterFree) {
        this.publishedName = publishedName;
        this.parameterFree = parameterFree;
    }

    /** The name in the authors' genotype text, such as {@code sep_conv_3x3}. */
    public String publishedName() {
        return publishedName;
    }

    /**
     * Whether the operation has no weights at stride 1. A cell that fills up with these is the sign of a collapsed
     * search. ({@code skip_connect} at stride 2 is a factorized reduce and does have weights; it still counts here.)
     */
    public boolean parameterFree() {
        return parameterFree;
    }

    /**
     * The primitive of a published name.
     *
     * @throws IllegalArgumentException if no primitive has that name; the message lists those that exist
     */
    public static Primitive of(String publishedName) {
        for (Primitive primitive : values()) {
            if (primitive.publishedName.equals(publishedName)) {
                return primitive;
            }
        }
        throw new IllegalArgumentException("unknown operation '%s'; known: %s"
                .formatted(
                        publishedName,
                        Arrays.stream(values()).map(Primitive::publishedName).collect(Collectors.joining(", "))));
    }

    @Override
    public String toString() {
        return publishedName;
    }
}
