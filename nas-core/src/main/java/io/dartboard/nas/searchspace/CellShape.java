package io.dartboard.nas.searchspace;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The complete directed acyclic graph of a cell. States are numbered inputs first, so node {@code i} is state
 * {@code inputs + i} and may receive an edge from every state before it. Edges are numbered node by node, and by
 * origin within a node: with two inputs {@code 0,1 | 2,3,4 | 5..8 | 9..13}.
 *
 * <p>Source: DARTS (arXiv 1806.09055), section 2.1.
 *
 * @param inputs states that come from outside the cell
 * @param nodes intermediate nodes
 */
public record CellShape(int inputs, int nodes) {
    public CellShape {
        if (inputs < 1) {
            throw new IllegalArgumentException("a cell needs at least 1 input (was %d)".formatted(inputs));
        }
        if (nodes < 1) {
            throw new IllegalArgumentException("a cell needs at least 1 node (was %d)".formatted(nodes));
        }
    }

    /** Inputs and nodes together. */
    public int states() {
        return inputs + nodes;
    }

    /** Number of edges, which is the number of rows of an alpha matrix. */
    public int edgeCount() {
        return firstEdge(nodes);
    }

    /** Number of edges that end in a node. */
    public int edgesInto(int node) {
        return inputs + node;
    }

    /**
     * Index of the edge into a node from a state.
     *
     * @throws IndexOutOfBoundsException if there is no such edge
     */
    public int edgeIndex(int node, int from) {
        if (node < 0 || node >= nodes || from < 0 || from >= edgesInto(node)) {
            throw new IndexOutOfBoundsException("no edge into node %d from state %d in a cell of %d inputs and %d nodes"
                    .formatted(node, from, inputs, nodes));
        }
        return firstEdge(node) + from;
    }

    /** The edges into a node, by origin. */
    public List<Edge> edgesOf(int node) {
        return IntStream.range(0, edgesInto(node))
                .mapToObj(from -> new Edge(edgeIndex(node, from), node, from))
                .toList();
    }

    /** Every edge, by index. */
    public List<Edge> edges() {
        return IntStream.range(0, nodes)
                .mapToObj(this::edgesOf)
                .flatMap(List::stream)
                .toList();
    }

    /** The first node that an edge leads to from a state; edges lead to all nodes after it, too. */
    public int firstNodeOf(int state) {
        return Math.max(0, state - inputs + 1);
    }

    private int firstEdge(int node) {
        return node * inputs + node * (node - 1) / 2;
    }
}
