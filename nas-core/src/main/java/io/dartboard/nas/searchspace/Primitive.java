package io.dartboard.nas.searchspace;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A candidate operation of a convolutional cell, under the name its authors published. The constants are those of the
 * published cells; {@link OperationSource}s may bring others. Two are equal when name and strides are.
 *
 * <p>Source: DARTS (arXiv 1806.09055), section 3.1 and appendix A.1.
 *
 * @param publishedName the name in the authors' genotype text, such as {@code sep_conv_3x3}
 * @param weightlessAt strides at which the operation has no weights in a supernet
 */
public record Primitive(String publishedName, Set<Integer> weightlessAt) implements Comparable<Primitive> {
    /** No connection. */
    public static final Primitive NONE = new Primitive("none", Set.of(1, 2));

    /** The largest of nine values. */
    public static final Primitive MAX_POOL_3X3 = new Primitive("max_pool_3x3", Set.of(1, 2));

    /** The mean of nine values. */
    public static final Primitive AVG_POOL_3X3 = new Primitive("avg_pool_3x3", Set.of(1, 2));

    /** The state itself; at stride 2 a factorized reduce, which has weights. */
    public static final Primitive SKIP_CONNECT = new Primitive("skip_connect", Set.of(1));

    /** A separable convolution, applied twice. */
    public static final Primitive SEP_CONV_3X3 = new Primitive("sep_conv_3x3", Set.of());

    /** A separable convolution, applied twice. */
    public static final Primitive SEP_CONV_5X5 = new Primitive("sep_conv_5x5", Set.of());

    /** A separable convolution of dilation 2. */
    public static final Primitive DIL_CONV_3X3 = new Primitive("dil_conv_3x3", Set.of());

    /** A separable convolution of dilation 2. */
    public static final Primitive DIL_CONV_5X5 = new Primitive("dil_conv_5x5", Set.of());

    /** A separable convolution, applied twice; of the NASNet-A and AmoebaNet-A cells alone. */
    public static final Primitive SEP_CONV_7X7 = new Primitive("sep_conv_7x7", Set.of());

    /** A row, then a column; of the NASNet-A and AmoebaNet-A cells, and of Inception-v4. */
    public static final Primitive CONV_7X1_1X7 = new Primitive("conv_7x1_1x7", Set.of());

    /** A row, then a column; of Inception-v4, as DARTOpti writes it. */
    public static final Primitive CONV_3X1_1X3 = new Primitive("conv_3x1_1x3", Set.of());

    /** A convolution of each pixel by itself; of networks that DARTOpti starts from. */
    public static final Primitive SIMPLE_CONV_1X1 = new Primitive("simple_conv_1x1", Set.of());

    /** A full convolution; of networks that DARTOpti starts from. */
    public static final Primitive SIMPLE_CONV_3X3 = new Primitive("simple_conv_3x3", Set.of());

    /** The block of ResNet50, as DARTOpti writes it. */
    public static final Primitive BOTTLENECK_1X3X1 = new Primitive("bottleneck_1x3x1", Set.of());

    /** A convolution of each pixel by itself; of NAS-Bench-201. */
    public static final Primitive NOR_CONV_1X1 = new Primitive("nor_conv_1x1", Set.of());

    /** A full convolution; of NAS-Bench-201. */
    public static final Primitive NOR_CONV_3X3 = new Primitive("nor_conv_3x3", Set.of());

    /** Those of published cells: the eight candidates of DARTS in their published order, then the other two. */
    public static final List<Primitive> PUBLISHED = List.of(
            NONE,
            MAX_POOL_3X3,
            AVG_POOL_3X3,
            SKIP_CONNECT,
            SEP_CONV_3X3,
            SEP_CONV_5X5,
            DIL_CONV_3X3,
            DIL_CONV_5X5,
            SEP_CONV_7X7,
            CONV_7X1_1X7);

    /** Those of which DARTOpti (in the authors' code of D-DARTS, arXiv 2108.09306) writes known networks, in their order. */
    public static final List<Primitive> OF_KNOWN_NETWORKS = List.of(
            CONV_3X1_1X3,
            CONV_7X1_1X7,
            MAX_POOL_3X3,
            AVG_POOL_3X3,
            SKIP_CONNECT,
            SIMPLE_CONV_1X1,
            SIMPLE_CONV_3X3,
            SEP_CONV_3X3,
            SEP_CONV_5X5,
            DIL_CONV_3X3,
            DIL_CONV_5X5,
            BOTTLENECK_1X3X1);

    private static final Comparator<Primitive> ORDER =
            Comparator.comparingInt(Primitive::rank).thenComparing(Primitive::publishedName);

    public Primitive {
        weightlessAt = Set.copyOf(weightlessAt);
        if (!publishedName.matches("[a-z0-9_]+")) {
            throw new IllegalArgumentException(
                    "an operation is called by lower-case letters, digits and underscores (was '%s')"
                            .formatted(publishedName));
        }
    }

    /** Whether the operation has no weights at a stride. */
    public boolean weightless(int stride) {
        return weightlessAt.contains(stride);
    }

    /**
     * Whether the operation has no weights at stride 1. A cell that fills up with these is the sign of a collapsed
     * search. ({@code skip_connect} at stride 2 is a factorized reduce and does have weights; it still counts here.)
     */
    public boolean parameterFree() {
        return weightless(1);
    }

    /** Every primitive there is: the published ones, then those of {@link OperationSource}s in the order of their names. */
    public static List<Primitive> all() {
        return Stream.concat(PUBLISHED.stream(), OperationCatalogue.installed().primitives().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * The primitive of a published name.
     *
     * @throws IllegalArgumentException if no primitive has that name; the message lists those that exist
     */
    public static Primitive of(String publishedName) {
        // What is published is known without a look at what is installed.
        return Stream.concat(PUBLISHED.stream(), OF_KNOWN_NETWORKS.stream())
                .filter(primitive -> primitive.publishedName.equals(publishedName))
                .findFirst()
                .or(() -> all().stream()
                        .filter(primitive -> primitive.publishedName.equals(publishedName))
                        .findFirst())
                .orElseThrow(() -> new IllegalArgumentException("unknown operation '%s'; known: %s"
                        .formatted(
                                publishedName,
                                all().stream().map(Primitive::publishedName).collect(Collectors.joining(", ")))));
    }

    private int rank() {
        int published = PUBLISHED.indexOf(this);
        return published < 0 ? PUBLISHED.size() : published;
    }

    /** The published ones first, in their order, by which the canonical form of a cell and so its hash are made. */
    @Override
    public int compareTo(Primitive other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return publishedName;
    }
}
