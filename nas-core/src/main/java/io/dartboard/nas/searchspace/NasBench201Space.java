package io.dartboard.nas.searchspace;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The space of NAS-Bench-201: one cell of four states, the input first, with an operation on every edge between them,
 * {@code none} among them. A state is the sum of the edges into it, and the last one is the output. The cell keeps the
 * resolution; residual blocks between stages of cells halve it and double the channels. There are 5^6 = 15,625 cells.
 *
 * <p>Source: Dong and Yang, <i>NAS-Bench-201: Extending the Scope of Reproducible Neural Architecture Search</i> (arXiv
 * 2001.00326), section 2.1; the order of candidates and edges from the authors' code.
 */
public record NasBench201Space() implements ConvolutionalSpace {
    /** The one there is. */
    public static final NasBench201Space PUBLISHED = new NasBench201Space();

    private static final List<Primitive> CANDIDATES = List.of(
            Primitive.NONE,
            Primitive.SKIP_CONNECT,
            Primitive.NOR_CONV_1X1,
            Primitive.NOR_CONV_3X3,
            Primitive.AVG_POOL_3X3);

    private static final CellShape CELL = new CellShape(1, 3);
    private static final int STAGES = 3;
    private static final int BLOCKS = 2;

    /**
     * A network's shape, if there is such a network: {@link #requireCells}, with two residual blocks where its stages meet.
     *
     * @throws IllegalArgumentException if there is none
     */
    public NetworkShape require(NetworkShape shape) {
        requireCells(shape.cells());
        return shape;
    }

    @Override
    public String id() {
        return "nas-bench-201";
    }

    @Override
    public List<Primitive> candidates() {
        return CANDIDATES;
    }

    @Override
    public CellShape cell() {
        return CELL;
    }

    /** The one cell, which keeps the resolution as a normal cell does. */
    @Override
    public List<String> cells() {
        return List.of(CellKind.NORMAL.publishedName());
    }

    /** {@inheritDoc} All, {@code none} among them. */
    @Override
    public List<Integer> derivable() {
        return IntStream.range(0, CANDIDATES.size()).boxed().toList();
    }

    /** {@inheritDoc} All. */
    @Override
    public int edgesKept(int node) {
        return CELL.edgesInto(node);
    }

    /**
     * {@inheritDoc} They are counted as the authors' network does, with the residual blocks: 3N + 2 for N cells in each of
     * three stages, so that its 17 are N = 5. The blocks stand where reductions stand in any {@link NetworkShape}.
     */
    @Override
    public void requireCells(int cells) {
        if (cells < STAGES + BLOCKS || (cells - BLOCKS) % STAGES != 0) {
            throw new IllegalArgumentException(
                    "cells must be 3N + 2 in space %s, N cells in each of three stages and two residual blocks between them: 5, 8, 11, 14, 17 and so on (was %d)"
                            .formatted(id(), cells));
        }
    }

    /** {@inheritDoc} States are counted from 0, the input. */
    @Override
    public String prefix(Edge edge) {
        return "edges.%d<-%d.".formatted(CELL.inputs() + edge.node(), edge.from());
    }
}
