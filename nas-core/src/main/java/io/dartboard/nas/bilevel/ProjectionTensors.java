package io.dartboard.nas.bilevel;

import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.derive.Projection;
import io.dartboard.nas.derive.Projection.EdgeDecided;
import io.dartboard.nas.derive.Projection.NodeDecided;
import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.searchspace.SearchSpace;
import io.dartboard.nas.tensor.HostTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What has been decided by perturbation, as a snapshot holds it: a row of integers for each decision, and beside them what was
 * measured, in the same order. Where nothing is decided a snapshot has nothing of this.
 */
final class ProjectionTensors {
    private static final String EDGES = "projection.edges"; // (decisions, 3): place of the group, edge, candidate
    private static final String NODES =
            "projection.nodes"; // (decisions, 2 + edges kept): place of the group, node, edges
    private static final String LOSSES = ".losses"; // one for each alternative, decision after decision
    private static final String ACCURACIES = ".accuracies"; // likewise, where there are any

    private ProjectionTensors() {}

    static Map<String, HostTensor> of(AlphaLayout layout, Projection projection) {
        Map<String, HostTensor> tensors = new LinkedHashMap<>();
        put(
                tensors,
                EDGES,
                projection.edges().stream()
                        .map(each -> new long[] {place(layout, each.group()), each.edge(), each.candidate()})
                        .toList(),
                projection.edges().stream()
                        .flatMap(each -> each.losses().stream())
                        .toList(),
                projection.edges().stream()
                        .flatMap(each -> each.accuracies().stream())
                        .toList());
        put(
                tensors,
                NODES,
                projection.nodes().stream().map(each -> row(layout, each)).toList(),
                projection.nodes().stream()
                        .flatMap(each -> each.losses().stream())
                        .toList(),
                projection.nodes().stream()
                        .flatMap(each -> each.accuracies().stream())
                        .toList());
        return tensors;
    }

    private static long[] row(AlphaLayout layout, NodeDecided decided) {
        long[] row = new long[2 + decided.kept().size()];
        row[0] = place(layout, decided.group());
        row[1] = decided.node();
        for (int i = 0; i < decided.kept().size(); i++) {
            row[2 + i] = decided.kept().get(i);
        }
        return row;
    }

    private static int place(AlphaLayout layout, String group) {
        return layout.groups().stream().map(AlphaLayout.Group::name).toList().indexOf(group);
    }

    private static void put(
            Map<String, HostTensor> tensors,
            String name,
            List<long[]> rows,
            List<Double> losses,
            List<Double> accuracies) {
        if (rows.isEmpty()) {
            return;
        }
        int width = rows.get(0).length;
        tensors.put(
                name, HostTensor.of(rows.stream().flatMapToLong(Arrays::stream).toArray(), rows.size(), width));
        tensors.put(name + LOSSES, doubles(losses));
        if (!accuracies.isEmpty()) {
            tensors.put(name + ACCURACIES, doubles(accuracies));
        }
    }

    private static HostTensor doubles(List<Double> values) {
        return HostTensor.of(values.stream().mapToDouble(Double::doubleValue).toArray(), values.size());
    }

    /**
     * What a snapshot holds of it.
     *
     * @throws IllegalArgumentException if that is not whole, or of another space
     */
    static Projection restore(SearchSpace space, AlphaLayout layout, Snapshot snapshot) {
        Map<String, HostTensor> tensors = snapshot.content().tensors();
        if (!tensors.containsKey(EDGES)) {
            return Projection.NONE;
        }
        Projection projection = Projection.NONE;
        Measured ofEdges = new Measured(snapshot, EDGES);
        for (long[] row : rows(tensors.get(EDGES))) {
            int alternatives = space.derivable().size();
            projection = projection.with(new EdgeDecided(
                    group(layout, row[0]),
                    Math.toIntExact(row[1]),
                    Math.toIntExact(row[2]),
                    ofEdges.losses(alternatives),
                    ofEdges.accuracies(alternatives)));
            ofEdges.next(alternatives);
        }
        if (tensors.containsKey(NODES)) {
            Measured ofNodes = new Measured(snapshot, NODES);
            for (long[] row : rows(tensors.get(NODES))) {
                int node = Math.toIntExact(row[1]);
                int alternatives = space.cell().edgesInto(node);
                projection = projection.with(new NodeDecided(
                        group(layout, row[0]),
                        node,
                        Arrays.stream(row, 2, row.length)
                                .mapToObj(Math::toIntExact)
                                .toList(),
                        ofNodes.losses(alternatives),
                        ofNodes.accuracies(alternatives)));
                ofNodes.next(alternatives);
            }
        }
        return projection;
    }

    private static String group(AlphaLayout layout, long place) {
        return layout.groups().get(Math.toIntExact(place)).name();
    }

    private static List<long[]> rows(HostTensor tensor) {
        long[] values = tensor.longs();
        int width = tensor.shape().get(1);
        List<long[]> rows = new ArrayList<>();
        for (int from = 0; from < values.length; from += width) {
            rows.add(Arrays.copyOfRange(values, from, from + width));
        }
        return rows;
    }

    /** What was measured for one decision after another. */
    private static final class Measured {
        private final double[] losses;
        private final double[] accuracies;
        private int from;

        Measured(Snapshot snapshot, String name) {
            this.losses = snapshot.tensor(name + LOSSES).doubles();
            HostTensor stored = snapshot.content().tensors().get(name + ACCURACIES);
            this.accuracies = stored == null ? new double[0] : stored.doubles();
        }

        List<Double> losses(int count) {
            return part(losses, count);
        }

        List<Double> accuracies(int count) {
            return accuracies.length == 0 ? List.of() : part(accuracies, count);
        }

        private List<Double> part(double[] values, int count) {
            if (from + count > values.length) {
                throw new IllegalArgumentException("the snapshot lacks a part of what its decisions rest on");
            }
            return Arrays.stream(values, from, from + count).boxed().toList();
        }

        void next(int count) {
            from += count;
        }
    }
}
