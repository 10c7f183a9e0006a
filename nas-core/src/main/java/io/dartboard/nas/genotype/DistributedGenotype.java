package io.dartboard.nas.genotype;

import io.dartboard.nas.provenance.Digests;
import io.dartboard.nas.searchspace.CellKind;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.NetworkShape;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A discrete convolutional architecture whose every cell was searched in its own place. All nodes of a cell that exist form
 * its output.
 *
 * <p>Source: D-DARTS (Heuillet et al., arXiv 2108.09306).
 *
 * @param cells from the input to the output
 * @param reductions places of the cells that halve the resolution, ascending
 * @param deepening which cell stands where in a deeper network
 */
public record DistributedGenotype(List<CellGenotype> cells, List<Integer> reductions, Deepening deepening)
        implements StackedCells {
    /** Most cells; a text of more is refused before anything is built. */
    public static final int MAX_CELLS = 64;

    /** Fewest cells of a network that can be deepened: each third has a cell that is no reduction. */
    private static final int FEWEST_TO_DEEPEN = 6;

    public DistributedGenotype {
        cells = List.copyOf(cells);
        reductions = List.copyOf(reductions);
        int count = cells.size();
        if (count < 1 || count > MAX_CELLS) {
            throw new IllegalArgumentException(
                    "an architecture has 1 to %d cells of its own (had %d)".formatted(MAX_CELLS, count));
        }
        for (int i = 0; i < count; i++) {
            if (!cells.get(i).concat().equals(existing(cells.get(i)))) {
                throw new IllegalArgumentException("cell %d: all nodes that exist form the output, %s (were %s)"
                        .formatted(i, existing(cells.get(i)), cells.get(i).concat()));
            }
        }
        List<Integer> sorted = reductions.stream().distinct().sorted().toList();
        if (!sorted.equals(reductions) || reductions.stream().anyMatch(place -> place < 0 || place >= count)) {
            throw new IllegalArgumentException(
                    "reductions must be ascending places from 0 to %d (were %s)".formatted(count - 1, reductions));
        }
    }

    /** Deepened as the paper means it. */
    public DistributedGenotype(List<CellGenotype> cells, List<Integer> reductions) {
        this(cells, reductions, Deepening.CORRECTED);
    }

    private static List<Integer> existing(CellGenotype cell) {
        return IntStream.range(0, cell.nodes())
                .filter(node -> !cell.genesOf(node).isEmpty())
                .map(node -> CellGenotype.INPUTS + node)
                .boxed()
                .toList();
    }

    /**
     * {@inheritDoc} As many cells as were searched make the network that was searched, with the reductions that are told. More
     * make one whose reductions stand at the thirds, as those of the published deepening do not.
     */
    @Override
    public NetworkShape stacked(NetworkShape asked) {
        requireDepth(cells.size(), reductions, asked.cells());
        return asked.cells() == cells.size() || deepening == Deepening.PUBLISHED ? asked.reducingAt(reductions) : asked;
    }

    /**
     * That cells of their own place make a network of some depth: of their number, or a deeper one where each third has a cell
     * that is no reduction.
     *
     * @param own how many cells there are
     * @param reductions places of those that are reductions
     * @param depth cells of the network
     * @throws IllegalArgumentException if they do not; the message says which they make
     */
    public static void requireDepth(int own, List<Integer> reductions, int depth) {
        boolean deepens = reductions.size() == 2 && own >= FEWEST_TO_DEEPEN;
        if (depth != own && !(depth > own && deepens)) {
            throw new IllegalArgumentException(
                    "an architecture of %d cells of its own that reduces at %s makes no network of %d cells: set cells to %d%s"
                            .formatted(own, reductions, depth, own, deepens ? " or more" : ""));
        }
    }

    @Override
    public CellGenotype cell(NetworkShape shape, int place) {
        return cells.get(deepening.cellAt(place, cells.size(), shape.cells()));
    }

    @Override
    public DistributedGenotype canonical() {
        return new DistributedGenotype(
                cells.stream().map(CellGenotype::canonical).toList(), reductions, deepening);
    }

    @Override
    public String hash() {
        return Digests.sha256(canonical().toString());
    }

    /** Edits between cells of one place; a cell without counterpart counts with all its genes and outputs. */
    @Override
    public int distance(Architecture other) {
        if (!(other instanceof DistributedGenotype that)) {
            throw new IllegalArgumentException(
                    "cells that were searched each in its own place have no distance to " + other);
        }
        int both = Math.min(cells.size(), that.cells.size());
        int distance = IntStream.range(0, both)
                .map(place -> GenotypeDistance.between(cells.get(place), that.cells.get(place)))
                .sum();
        return distance
                + List.of(this, that).stream()
                        .flatMap(each -> each.cells.subList(both, each.cells.size()).stream())
                        .mapToInt(cell -> cell.genes().size() + cell.concat().size())
                        .sum();
    }

    @Override
    public Map<String, List<KeptOperation>> kept() {
        return IntStream.range(0, cells.size())
                .boxed()
                .collect(Collectors.toUnmodifiableMap(
                        CellKind::placeName, place -> cells.get(place).kept()));
    }

    @Override
    public String text() {
        return CellText.draw(this);
    }

    @Override
    public String svg(String title, String caption) {
        return CellSvg.draw(this, title, caption);
    }

    /** Whether a text is of this form rather than of {@link Genotype}'s. */
    static boolean hasForm(String text) {
        return DistributedGenotypeParser.hasForm(text);
    }

    /**
     * Reads the text form that {@link #toString} prints.
     *
     * @throws GenotypeSyntaxException if it is none; the message says where and what was expected
     */
    public static DistributedGenotype parse(String text) {
        return new DistributedGenotypeParser(text).genotype();
    }

    /** Cells as lists of operation, node and state, their common output, and the places of reductions. */
    @Override
    public String toString() {
        String genes =
                cells.stream().map(cell -> GenotypeText.genes(cell, false)).collect(Collectors.joining(", ", "[", "]"));
        int nodes = cells.stream().mapToInt(CellGenotype::nodes).max().orElseThrow();
        String concat = IntStream.range(CnnSpace.INPUTS, CnnSpace.INPUTS + nodes)
                .mapToObj(String::valueOf)
                .collect(Collectors.joining(", ", "[", "]"));
        return "Genotype(genes=" + genes + ", concat=" + concat + ", reductions=" + reductions
                + (deepening == Deepening.CORRECTED ? "" : ", deepening='" + deepening.title() + "'") + ")";
    }
}
