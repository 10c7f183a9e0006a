package io.dartboard.nas.genotype;

import io.dartboard.nas.searchspace.CellShape;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.nas.searchspace.Primitive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How far two networks are apart, as sets of edges: 0 for equal ones, at most 1. Of an edge counts which operations it has, and
 * not between which states it lies.
 *
 * <pre>
 *   d(e, f)      = sum of accuracy(o) over operations o that one of both edges has / sum of accuracy(o) over all
 *   h(A, B)      = max over edges e of cell A of min over edges f of cell B of d(e, f)       directed Hausdorff distance
 *   cell(A, B)   = max(h(A, B), h(B, A))
 *   distance     = mean of cell(A, B) over the cells of equal place; further cells of the longer network do not count
 * </pre>
 *
 * <p>Edges of a cell are all that its graph has, of at least the four nodes of DARTS, with those that have no operation. An operation counts by the accuracy that
 * the authors measured of it alone on CIFAR-10.
 *
 * <p>Source: DARTOpti, in the authors' code of D-DARTS (Heuillet et al., arXiv 2108.09306).
 */
public final class ArchitectureDistance {
    /** Cells of the network in which two cells are searched, by which a pair of cells is compared with others. */
    private static final int CELLS_OF_A_PAIR = 8;

    /** Accuracy in percent of each operation by itself, in the order of the authors. */
    private static final Map<Primitive, Double> ACCURACY = accuracies();

    private static final double ALL =
            ACCURACY.values().stream().mapToDouble(Double::doubleValue).sum();

    private ArchitectureDistance() {}

    private static Map<Primitive, Double> accuracies() {
        double[] percent = {
            82.105830863444,
            83.1591640991211,
            82.13416411336264,
            81.56333073120116,
            81.34166406249999,
            81.49166413777668,
            82.30333082275389,
            83.39583075561525,
            84.97416410115558,
            82.73583073323566,
            82.89249749959309,
            82.87499756469727
        };
        Map<Primitive, Double> accuracies = new LinkedHashMap<>();
        for (int i = 0; i < percent.length; i++) {
            accuracies.put(Primitive.OF_KNOWN_NETWORKS.get(i), percent[i]);
        }
        return accuracies;
    }

    /**
     * Between two architectures. A pair of cells stands for the network of eight cells in which it is searched.
     *
     * @throws IllegalArgumentException if either has an operation that the authors have not measured; the message lists those
     *     that they have
     */
    public static double between(ConvolutionalArchitecture left, ConvolutionalArchitecture right) {
        return between(cells(left), cells(right));
    }

    /** Between two architectures of any kind; empty where they have no distance. */
    public static OptionalDouble ifAny(Architecture left, Architecture right) {
        return left instanceof StackedCells one
                        && right instanceof StackedCells other
                        && Stream.concat(cells(one).stream(), cells(other).stream())
                                .allMatch(ArchitectureDistance::isMeasured)
                ? OptionalDouble.of(between(one, other))
                : OptionalDouble.empty();
    }

    private static boolean isMeasured(CellGenotype cell) {
        return cell.genes().stream().allMatch(gene -> ACCURACY.containsKey(gene.op()));
    }

    /**
     * Between two networks.
     *
     * @param left cells from the input to the output
     * @param right likewise
     * @throws IllegalArgumentException as {@link #between(ConvolutionalArchitecture, ConvolutionalArchitecture)}
     */
    public static double between(List<CellGenotype> left, List<CellGenotype> right) {
        return IntStream.range(0, Math.min(left.size(), right.size()))
                .mapToDouble(place -> between(left.get(place), right.get(place)))
                .average()
                .orElseThrow(() -> new IllegalArgumentException("a network without cells has no distance"));
    }

    /** Between two cells. */
    static double between(CellGenotype left, CellGenotype right) {
        Set<Set<Primitive>> here = edges(left);
        Set<Set<Primitive>> there = edges(right);
        return Math.max(directed(here, there), directed(there, here));
    }

    /**
     * The cells of an architecture from the input to the output.
     *
     * @throws IllegalArgumentException if it has none like those of DARTS
     */
    public static List<CellGenotype> cells(ConvolutionalArchitecture architecture) {
        if (!(architecture instanceof StackedCells stacked)) {
            throw new IllegalArgumentException(
                    "a cell of NAS-Bench-201 has no place in the distance, whose authors have not measured its operations");
        }
        if (architecture instanceof DistributedGenotype distributed) {
            return distributed.cells();
        }
        NetworkShape shape = new NetworkShape(2, CELLS_OF_A_PAIR, 2);
        return IntStream.range(0, CELLS_OF_A_PAIR)
                .mapToObj(place -> stacked.cell(shape, place))
                .toList();
    }

    private static double directed(Set<Set<Primitive>> from, Set<Set<Primitive>> to) {
        return from.stream()
                .mapToDouble(edge -> to.stream()
                        .mapToDouble(other -> between(edge, other))
                        .min()
                        .orElseThrow())
                .max()
                .orElseThrow();
    }

    private static double between(Set<Primitive> edge, Set<Primitive> other) {
        return ACCURACY.entrySet().stream()
                        .filter(each -> edge.contains(each.getKey()) != other.contains(each.getKey()))
                        .mapToDouble(Map.Entry::getValue)
                        .sum()
                / ALL;
    }

    /** What the edges of a cell hold, each but once: where in the cell an edge lies does not count. */
    private static Set<Set<Primitive>> edges(CellGenotype cell) {
        CellShape shape = new CellShape(
                CellGenotype.INPUTS, Math.max(CnnSpace.DARTS.cell().nodes(), cell.nodes()));
        List<Set<Primitive>> edges = new ArrayList<>();
        shape.edges().forEach(edge -> edges.add(new LinkedHashSet<>()));
        for (int node = 0; node < cell.nodes(); node++) {
            for (Gene gene : cell.genesOf(node)) {
                if (!ACCURACY.containsKey(gene.op())) {
                    throw new IllegalArgumentException(
                            "operation '%s' has no place in the distance, whose authors have measured %s"
                                    .formatted(gene.op(), ACCURACY.keySet()));
                }
                edges.get(shape.edgeIndex(node, gene.from())).add(gene.op());
            }
        }
        return new LinkedHashSet<>(edges);
    }
}
