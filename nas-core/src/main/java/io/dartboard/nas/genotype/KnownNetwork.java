package io.dartboard.nas.genotype;

import io.dartboard.nas.searchspace.CellShape;
import io.dartboard.nas.searchspace.CnnSpace;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A network that people have designed, written in cells: what DARTOpti starts its searches from. Cells of one index are the same cell.
 *
 * <p>Source: DARTOpti, in the authors' code of D-DARTS (Heuillet et al., arXiv 2108.09306); the networks are those of He et al.
 * (arXiv 1512.03385), Chollet (arXiv 1610.02357) and Szegedy et al. (arXiv 1602.07261).
 *
 * @param name as it is published
 * @param cells the cells that differ
 * @param sequence for each place of the network the cell that stands there
 * @param reductions places of the cells that halve the resolution
 * @param nodes nodes of a cell, of which some may not exist
 */
public record KnownNetwork(
        String name, List<CellGenotype> cells, List<Integer> sequence, List<Integer> reductions, int nodes) {
    /** Four cells of two residual blocks. */
    public static final KnownNetwork RESNET18 = new KnownNetwork(
            "ResNet18",
            List.of(cell(
                    "simple_conv_3x3 2 0",
                    "simple_conv_3x3 3 2",
                    "skip_connect 3 0",
                    "simple_conv_3x3 4 3",
                    "simple_conv_3x3 5 4",
                    "skip_connect 5 3")),
            List.of(0, 0, 0, 0),
            List.of(1, 2, 3),
            4);

    /** Four cells of three, four, six and three bottleneck blocks. */
    public static final KnownNetwork RESNET50 = new KnownNetwork(
            "ResNet50",
            List.of(bottlenecks(3), bottlenecks(4), bottlenecks(6)),
            List.of(0, 1, 2, 0),
            List.of(1, 2, 3),
            6);

    /** Thirteen cells of separable convolutions. */
    public static final KnownNetwork XCEPTION = new KnownNetwork(
            "Xception",
            List.of(
                    cell("simple_conv_1x1 4 0", "sep_conv_3x3 2 0", "sep_conv_3x3 3 2", "max_pool_3x3 4 3"),
                    cell("skip_connect 4 0", "sep_conv_3x3 2 0", "sep_conv_3x3 3 2", "sep_conv_3x3 4 3"),
                    cell("sep_conv_3x3 2 0", "sep_conv_3x3 3 2")),
            List.of(0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 0, 2),
            List.of(1, 2, 11, 12),
            4);

    /** Sixteen cells of branches. */
    public static final KnownNetwork INCEPTION_V4 = new KnownNetwork(
            "InceptionV4",
            List.of(
                    cell(
                            "simple_conv_1x1 2 0",
                            "avg_pool_3x3 3 0",
                            "simple_conv_1x1 4 0",
                            "simple_conv_1x1 6 0",
                            "simple_conv_1x1 6 3",
                            "simple_conv_3x3 5 4",
                            "simple_conv_3x3 6 5",
                            "simple_conv_3x3 6 2"),
                    cell("simple_conv_1x1 2 0", "simple_conv_3x3 3 2", "simple_conv_3x3 4 3", "max_pool_3x3 4 0"),
                    cell(
                            "simple_conv_1x1 2 0",
                            "simple_conv_1x1 3 0",
                            "avg_pool_3x3 4 0",
                            "simple_conv_1x1 6 0",
                            "conv_7x1_1x7 6 3",
                            "conv_7x1_1x7 5 2",
                            "conv_7x1_1x7 6 5",
                            "simple_conv_1x1 6 4"),
                    cell(
                            "simple_conv_1x1 2 0",
                            "simple_conv_3x3 5 2",
                            "simple_conv_1x1 3 0",
                            "conv_7x1_1x7 4 3",
                            "simple_conv_3x3 5 4"),
                    cell(
                            "simple_conv_1x1 2 0",
                            "simple_conv_1x1 4 0",
                            "avg_pool_3x3 5 0",
                            "simple_conv_1x1 6 0",
                            "conv_3x1_1x3 3 2",
                            "conv_3x1_1x3 6 3",
                            "conv_3x1_1x3 6 4",
                            "simple_conv_1x1 6 5")),
            List.of(0, 0, 0, 0, 1, 2, 2, 2, 2, 2, 2, 2, 3, 4, 4, 4),
            List.of(4, 12),
            5);

    private static final List<KnownNetwork> ALL = List.of(RESNET18, RESNET50, XCEPTION, INCEPTION_V4);

    public KnownNetwork {
        cells = List.copyOf(cells);
        sequence = List.copyOf(sequence);
        reductions = List.copyOf(reductions);
    }

    /** Every one. */
    public static List<KnownNetwork> all() {
        return ALL;
    }

    /**
     * The network of a name, read without regard to case, dashes and underscores.
     *
     * @throws IllegalArgumentException if there is none; the message lists those that exist
     */
    static KnownNetwork of(String name) {
        return ALL.stream()
                .filter(network -> letters(network.name).equals(letters(name)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown network '%s'; known: %s"
                        .formatted(name, ALL.stream().map(KnownNetwork::name).collect(Collectors.joining(", ")))));
    }

    /** The cells from the first place to the last. */
    List<CellGenotype> inOrder() {
        return sequence.stream().map(cells::get).toList();
    }

    /** The network as an architecture that can be trained. */
    public DistributedGenotype architecture() {
        return new DistributedGenotype(inOrder(), reductions);
    }

    /** The graph of a cell. */
    CellShape shape() {
        return new CellShape(CnnSpace.INPUTS, nodes);
    }

    private static String letters(String name) {
        return name.replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
    }

    /** A cell of genes as operation, node and state; all its nodes form the output. */
    private static CellGenotype cell(String... genes) {
        return DistributedGenotype.parse(Stream.of(genes)
                        .map(gene -> gene.split(" ", 3))
                        .map(gene -> "('%s', %s, %s)".formatted((Object[]) gene))
                        .collect(Collectors.joining(
                                ", ", "Genotype(genes=[[", "]], concat=range(2, 8), reductions=[])")))
                .cells()
                .get(0);
    }

    private static CellGenotype bottlenecks(int blocks) {
        return cell(IntStream.range(0, blocks)
                .boxed()
                .flatMap(block -> Stream.of("bottleneck_1x3x1", "skip_connect")
                        .map(operation -> operation + " " + (2 + block) + " " + (block == 0 ? 0 : 1 + block)))
                .toArray(String[]::new));
    }
}
