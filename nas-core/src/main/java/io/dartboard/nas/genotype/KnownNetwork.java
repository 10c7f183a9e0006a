package io.dartboard.nas.genotype;

import io.dartboard.nas.searchspace.CellSequence;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.SearchSpace;
import io.dartboard.nas.setting.Nearest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
 * @param cells the cells that differ, in the order of their indices
 * @param space the space around it: in which sequence its cells stand, and the graph of a cell, some nodes of which may not exist
 */
public record KnownNetwork(String name, List<CellGenotype> cells, CnnSpace space) {
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
            CnnSpace.DARTOPTI_RESNET18);

    /** Four cells of three, four, six and three bottleneck blocks. */
    public static final KnownNetwork RESNET50 = new KnownNetwork(
            "ResNet50", List.of(bottlenecks(3), bottlenecks(4), bottlenecks(6)), CnnSpace.DARTOPTI_RESNET50);

    /** Thirteen cells of separable convolutions. */
    public static final KnownNetwork XCEPTION = new KnownNetwork(
            "Xception",
            List.of(
                    cell("simple_conv_1x1 4 0", "sep_conv_3x3 2 0", "sep_conv_3x3 3 2", "max_pool_3x3 4 3"),
                    cell("skip_connect 4 0", "sep_conv_3x3 2 0", "sep_conv_3x3 3 2", "sep_conv_3x3 4 3"),
                    cell("sep_conv_3x3 2 0", "sep_conv_3x3 3 2")),
            CnnSpace.DARTOPTI_XCEPTION);

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
            CnnSpace.DARTOPTI_INCEPTION_V4);

    private static final List<KnownNetwork> ALL = List.of(RESNET18, RESNET50, XCEPTION, INCEPTION_V4);

    public KnownNetwork {
        cells = List.copyOf(cells);
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
    public static KnownNetwork of(String name) {
        return ALL.stream()
                .filter(network -> letters(network.name).equals(letters(name)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown network '%s'%s"
                        .formatted(
                                name,
                                Nearest.orKnown(
                                        name,
                                        ALL.stream().map(KnownNetwork::name).toList()))));
    }

    /** The network around which a space lies; empty for other spaces. */
    public static Optional<KnownNetwork> around(SearchSpace space) {
        return ALL.stream().filter(network -> network.space.equals(space)).findFirst();
    }

    /** For each place of the network the cell that stands there. */
    public CellSequence sequence() {
        return space.sequence().orElseThrow();
    }

    /** The network as an architecture that can be trained. */
    public DistributedGenotype architecture() {
        return new DistributedGenotype(
                sequence().cells().stream().map(cells::get).toList(), sequence().reductions());
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
