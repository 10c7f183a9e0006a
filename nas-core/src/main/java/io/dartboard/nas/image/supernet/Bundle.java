package io.dartboard.nas.image.supernet;

import io.dartboard.nas.searchspace.CellKind;
import io.dartboard.nas.searchspace.ConvolutionalSpace;
import io.dartboard.nas.searchspace.Edge;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Edges into one node that have the same stride. What they convolve is convolved side by side: the states they come from
 * are joined by channel, and each candidate is one grouped convolution with as many groups as edges. A normal cell has one
 * bundle for each node; in a reduction cell the edges from the cell's inputs halve the resolution and are a bundle of
 * their own. Where a {@link Grouping} bounds the width, there are several instead of one.
 *
 * @param space whose edges they are
 * @param stride 1 or 2
 * @param edges with consecutive indices; without those between that lack a candidate, where it is the bundle of one
 */
record Bundle(ConvolutionalSpace space, int node, int stride, List<Edge> edges) {
    Bundle {
        edges = List.copyOf(edges);
    }

    /**
     * The bundles of a cell, in the order of their edges.
     *
     * @param channels that are mixed
     * @param halvings how often the resolution has been halved before the cell
     */
    static List<Bundle> of(ConvolutionalSpace space, CellKind kind, int channels, int halvings, Grouping grouping) {
        List<Bundle> bundles = new ArrayList<>();
        int inputs = space.cell().inputs();
        int widest = grouping.widest(channels, halvings);
        for (int node = 0; node < space.cell().nodes(); node++) {
            List<Edge> edges = space.cell().edgesOf(node);
            if (kind == CellKind.NORMAL) {
                add(space, bundles, node, 1, edges, widest);
            } else {
                add(space, bundles, node, 2, edges.subList(0, inputs), widest);
                add(
                        space,
                        bundles,
                        node,
                        1,
                        edges.subList(inputs, edges.size()),
                        grouping.widest(channels, halvings + 1));
            }
        }
        return List.copyOf(bundles);
    }

    /** Bundles of the same states for every node, but for the last, so that nodes read the same joined states. */
    private static void add(
            ConvolutionalSpace space, List<Bundle> bundles, int node, int stride, List<Edge> edges, int widest) {
        for (int first = 0; first < edges.size(); first += widest) {
            List<Edge> part = edges.subList(first, Math.min(edges.size(), first + widest));
            bundles.add(new Bundle(space, node, stride, part));
        }
    }

    /** Some of its edges; the bundle itself where these are all. */
    Bundle only(Predicate<Edge> some) {
        List<Edge> part = edges.stream().filter(some).toList();
        return part.size() == edges.size() ? this : new Bundle(space, node, stride, part);
    }

    /** The states that its edges come from, in their order. */
    List<Integer> origins() {
        return edges.stream().map(Edge::from).toList();
    }

    /** How many edges it has. */
    int width() {
        return edges.size();
    }

    /** Where the names of a candidate's weights lie, edge by edge; each ends with a dot. */
    List<String> prefixes(String cell, int candidate) {
        return edges.stream()
                .map(edge -> "%s%s%d.".formatted(cell, space.prefix(edge), candidate))
                .toList();
    }
}
