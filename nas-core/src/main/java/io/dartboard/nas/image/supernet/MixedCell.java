package io.dartboard.nas.image.supernet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.dartboard.nas.image.ops.Assembly;
import io.dartboard.nas.image.ops.Pass;
import io.dartboard.nas.searchspace.CellKind;
import io.dartboard.nas.searchspace.ConvolutionalSpace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A cell of the supernet: all edges, all candidates. DARTS (arXiv 1806.09055), section 2.1 and equation 2.
 *
 * <p>Edge by edge, as the paper writes it, a cell is hundreds of small operations, most of whose time is spent around the
 * arithmetic. Here the convolutions of all edges into a node are grouped ones ({@link Bundle}), and what has no weights is
 * computed once for a state and shared among the edges that leave it ({@link Shares}). What has weights and no such fast
 * form is computed as the paper writes it ({@link BundleCandidates}).
 */
final class MixedCell {
    private final ConvolutionalSpace space;
    private final String group;
    private final CellKind kind;
    private final int channels; // that are mixed
    private final Optional<PassingChannels> passing;
    private final List<Part> parts;
    private final List<Mixture.Term> fast; // of all parts in turn
    private final List<Shares> shares; // by the first node that they lead to

    /**
     * The candidates of a bundle that are computed on all edges that have them at once, by these edges, and those that are not.
     *
     * @param first place of the first of them among those of the cell
     */
    private record Part(int node, Map<Bundle, List<BundleCandidates.Fast>> fast, BundleCandidates all, int first) {}

    private MixedCell(
            ConvolutionalSpace space,
            String group,
            CellKind kind,
            int channels,
            Optional<PassingChannels> passing,
            List<Part> parts,
            List<Mixture.Term> fast,
            List<Shares> shares) {
        this.space = space;
        this.group = group;
        this.kind = kind;
        this.channels = channels;
        this.passing = passing;
        this.parts = List.copyOf(parts);
        this.fast = List.copyOf(fast);
        this.shares = List.copyOf(shares);
    }

    /**
     * Registers a cell.
     *
     * @param edges what is mixed on them
     * @param group of the alphas that the cell is mixed by
     * @param bundles of the cell's edges
     */
    static MixedCell of(
            Assembly assembly,
            String prefix,
            ConvolutionalSpace space,
            EdgeMixture edges,
            CellKind kind,
            String group,
            int channels,
            List<Bundle> bundles) {
        int mixed = edges.channels(channels);
        List<Part> parts = new ArrayList<>();
        List<Mixture.Term> fast = new ArrayList<>();
        for (Bundle bundle : bundles) {
            BundleCandidates all = BundleCandidates.of(edges, group, bundle, mixed, prefix, assembly);
            int first = fast.size();
            Map<Bundle, List<BundleCandidates.Fast>> byEdges = all.fast().stream()
                    .collect(Collectors.groupingBy(
                            BundleCandidates.Fast::bundle, LinkedHashMap::new, Collectors.toList()));
            byEdges.values()
                    .forEach(same -> same.forEach(each -> fast.add(new Mixture.Term(each.candidate(), each.bundle()))));
            parts.add(new Part(bundle.node(), byEdges, all, first));
        }
        int inputs = space.cell().inputs();
        List<Shares> shares = new ArrayList<>();
        for (int node = 0; node < space.cell().nodes(); node++) {
            List<Integer> states =
                    node == 0 ? IntStream.range(0, inputs).boxed().toList() : List.of(inputs + node - 1);
            int stride = kind == CellKind.REDUCE && node == 0 ? 2 : 1;
            shares.add(Shares.of(states, space.cell(), edges, group, mixed, stride, assembly));
        }
        return new MixedCell(space, group, kind, mixed, edges.passing(), parts, fast, shares);
    }

    /** The group of the alphas that it is mixed by. */
    String group() {
        return group;
    }

    /** The same cell, mixed by another group. */
    MixedCell mixedBy(String other) {
        return new MixedCell(space, other, kind, channels, passing, parts, fast, shares);
    }

    /**
     * One pass.
     *
     * @param inputs of the cell, each (N, C, H, W)
     * @return the nodes' states: each (N, C, H', W')
     */
    List<State> apply(List<NDArray> inputs, Pass pass, Mixture mixture) {
        List<List<NDArray>> shared = new ArrayList<>();
        NDList gains = fast.isEmpty() ? new NDList() : mixture.gains(group, fast, channels);
        try (JoinedStates states = new JoinedStates()) {
            CellStates all = new CellStates(states);
            for (NDArray input : inputs) {
                all.add(input, inputStride());
            }
            for (int node = 0; node < space.cell().nodes(); node++) {
                shared.add(shares.get(node).of(states, group, pass, mixture));
                all.add(all.node(node, node(node, states, shared, gains, pass, mixture), mixture), 1);
            }
            return all.nodes();
        }
    }

    private int inputStride() {
        return kind == CellKind.REDUCE ? 2 : 1;
    }

    /** The states of one pass: what the candidates see of them, what passes by these, and what the next cells read. */
    private final class CellStates {
        private final JoinedStates seen;
        private final List<NDArray> passed = new ArrayList<>(); // as rows, where channels pass
        private final List<State> whole = new ArrayList<>(); // where channels pass, else they are those that are seen

        CellStates(JoinedStates seen) {
            this.seen = seen;
        }

        /** Adds a state (N, C, H, W) that edges of a stride leave. */
        void add(NDArray state, int stride) {
            if (passing.isEmpty()) {
                seen.add(new State(state));
                return;
            }
            PassingChannels channelsBeside = passing.get();
            PassingChannels.Cut cut = channelsBeside.cut(state);
            seen.add(new State(cut.seen()));
            passed.add(channelsBeside.along(cut.passing(), stride));
            whole.add(new State(state));
        }

        /** A node, (N, C, H, W), of what its edges' candidates add to it. */
        NDArray node(int node, NDArray mixed, Mixture mixture) {
            return passing.map(beside -> beside.node(
                            mixed,
                            passed,
                            space.cell().edgesOf(node).stream()
                                    .map(edge -> mixture.weight(group, edge))
                                    .toList()))
                    .orElse(mixed);
        }

        /** What the cell hands on. */
        List<State> nodes() {
            int inputs = space.cell().inputs();
            return passing.isEmpty() ? seen.from(inputs) : List.copyOf(whole.subList(inputs, whole.size()));
        }
    }

    private NDArray node(
            int node, JoinedStates states, List<List<NDArray>> shared, NDList gains, Pass pass, Mixture mixture) {
        NodeSum sum = new NodeSum();
        for (Part part : parts) {
            if (part.node() == node) {
                addFast(sum, part, states, gains, pass);
                part.all().addPlain(sum, states, (edge, candidate) -> mixture.weight(group, edge, candidate), pass);
            }
        }
        for (int first = 0; first < shared.size(); first++) {
            List<NDArray> sums = shared.get(first);
            if (!sums.isEmpty()) {
                sum.pixels().addSharedRows(sums.get(node - first));
            }
        }
        return sum.total();
    }

    private static void addFast(NodeSum node, Part part, JoinedStates states, NDList gains, Pass pass) {
        int place = part.first();
        for (Map.Entry<Bundle, List<BundleCandidates.Fast>> same : part.fast().entrySet()) {
            BundleSum sum = new BundleSum(same.getKey().width());
            for (BundleCandidates.Fast each : same.getValue()) {
                each.operation().addTo(sum, states.input(same.getKey()), gains.get(place), pass);
                place++;
            }
            sum.addTo(node);
        }
    }
}
