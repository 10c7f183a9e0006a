package io.dartboard.nas.supernet;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.ops.Assembly;
import io.dartboard.nas.ops.FactorizedReduce;
import io.dartboard.nas.ops.Pass;
import io.dartboard.nas.ops.Rectified;
import io.dartboard.nas.ops.ReluConvNorm;
import io.dartboard.nas.searchspace.CellKind;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.Edge;
import io.dartboard.nas.tensor.ChannelsLast;
import io.dartboard.nas.tensor.Torch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A cell of the supernet: all edges, all candidates. DARTS (arXiv 1806.09055), section 2.1 and equation 2.
 *
 * <p>Edge by edge, as the paper writes it, a cell is hundreds of small operations, most of whose time is spent around the
 * arithmetic. Here the convolutions of all edges into a node are grouped ones ({@link Bundle}), and what has no weights is
 * computed once for a state and shared among the edges that leave it ({@link Shares}).
 */
final class MixedCell {
    private final CnnSpace space;
    private final CellKind kind;
    private final int channels;
    private final List<Rectified> preprocess; // one per input of the cell
    private final List<Bundle> bundles;
    private final Map<Bundle, List<BundledConvolution.Indexed>> convolutions;
    private final List<Shares> shares; // by state that has outgoing edges

    private MixedCell(
            CnnSpace space,
            CellKind kind,
            int channels,
            List<Rectified> preprocess,
            List<Bundle> bundles,
            Map<Bundle, List<BundledConvolution.Indexed>> convolutions,
            List<Shares> shares) {
        this.space = space;
        this.kind = kind;
        this.channels = channels;
        this.preprocess = preprocess;
        this.bundles = bundles;
        this.convolutions = convolutions;
        this.shares = shares;
    }

    /**
     * Registers a cell.
     *
     * @param before channels of the output two cells before
     * @param last channels of the output of the cell before
     * @param reducedLast whether the cell before was a reduction, so that its predecessor has twice the resolution
     * @param bundles of the cell's edges
     */
    static MixedCell of(
            Assembly assembly,
            String prefix,
            CnnSpace space,
            CellKind kind,
            int channels,
            int before,
            int last,
            boolean reducedLast,
            List<Bundle> bundles) {
        Rectified first = reducedLast
                ? FactorizedReduce.of(assembly, prefix + "preprocess0.", before, channels)
                : ReluConvNorm.of(assembly, prefix + "preprocess0.", before, channels);
        Rectified second = ReluConvNorm.of(assembly, prefix + "preprocess1.", last, channels);
        Map<Bundle, List<BundledConvolution.Indexed>> convolutions = bundles.stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        bundle ->
                                BundledConvolution.Indexed.of(space.candidates(), bundle, channels, prefix, assembly)));
        List<Shares> shares = new ArrayList<>();
        for (int state = 0; state < space.cell().states() - 1; state++) {
            int stride = kind == CellKind.REDUCE && state < space.cell().inputs() ? 2 : 1;
            shares.add(Shares.of(space.candidates(), channels, stride, assembly));
        }
        return new MixedCell(space, kind, channels, List.of(first, second), bundles, convolutions, List.copyOf(shares));
    }

    /**
     * One pass.
     *
     * @param before rectified output two cells before
     * @param last rectified output of the cell before
     * @return the nodes' states, to be concatenated by channel: each (N, C, H, W)
     */
    List<State> apply(NDArray before, NDArray last, Pass pass, Mixture mixture) {
        List<State> states = new ArrayList<>();
        List<List<NDArray>> shared = new ArrayList<>();
        states.add(new State(preprocess.get(0).applyRectified(before, pass)));
        states.add(new State(preprocess.get(1).applyRectified(last, pass)));
        for (int node = 0; node < space.cell().nodes(); node++) {
            for (int state = shared.size(); state < states.size(); state++) {
                shared.add(shares.get(state).of(states.get(state), state, kind, pass, mixture));
            }
            states.add(new State(node(node, states, shared, pass, mixture)));
        }
        return List.copyOf(states.subList(space.cell().inputs(), states.size()));
    }

    private NDArray node(int node, List<State> states, List<List<NDArray>> shared, Pass pass, Mixture mixture) {
        NodeSum sum = new NodeSum();
        for (Bundle bundle : Bundle.into(node, bundles)) {
            convolved(bundle, states, pass, mixture).total().ifPresent(sum::addFresh);
        }
        for (int state = 0; state < shared.size(); state++) {
            List<NDArray> leaving = shared.get(state);
            if (!leaving.isEmpty()) {
                sum.add(leaving.get(node - space.cell().firstNodeOf(state)));
            }
        }
        return Torch.consume(sum.total(), ChannelsLast::images);
    }

    private BundleSum convolved(Bundle bundle, List<State> states, Pass pass, Mixture mixture) {
        BundleSum sum = new BundleSum(bundle.width());
        List<State> from =
                bundle.edges().stream().map(Edge::from).map(states::get).toList();
        try (BundleInput input = new BundleInput(from)) {
            for (BundledConvolution.Indexed each : convolutions.getOrDefault(bundle, List.of())) {
                each.convolution()
                        .addTo(sum, input, mixture.gain(kind, bundles, bundle, each.candidate(), channels), pass);
            }
        }
        return sum;
    }
}
