package io.dartboard.nas.image.ops;

import io.dartboard.nas.searchspace.Primitive;

/** From the name of a primitive to the operation. */
public final class Candidates {
    private Candidates() {}

    /**
     * Registers an operation that keeps its channels.
     *
     * @param prefix of its weights' names; ends with a dot
     * @param stride 1 or 2
     */
    public static Operation of(Primitive primitive, int channels, int stride, String prefix, Assembly assembly) {
        return switch (primitive) {
            case NONE -> new Zero(stride);
            case MAX_POOL_3X3 -> Pool.of(assembly, true, stride);
            case AVG_POOL_3X3 -> Pool.of(assembly, false, stride);
            case SKIP_CONNECT ->
                stride == 1 ? new Identity() : FactorizedReduce.of(assembly, prefix, channels, channels);
            case SEP_CONV_3X3 -> SeparableConv.of(assembly, prefix, channels, 3, stride);
            case SEP_CONV_5X5 -> SeparableConv.of(assembly, prefix, channels, 5, stride);
            case SEP_CONV_7X7 -> SeparableConv.of(assembly, prefix, channels, 7, stride);
            case DIL_CONV_3X3 -> DilatedConv.of(assembly, prefix, channels, 3, stride);
            case DIL_CONV_5X5 -> DilatedConv.of(assembly, prefix, channels, 5, stride);
            case CONV_7X1_1X7 -> SpatiallySeparatedConv.of(assembly, prefix, channels, stride);
        };
    }
}
