package io.dartboard.nas.supernet;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.ops.Assembly;
import io.dartboard.nas.ops.Candidates;
import io.dartboard.nas.ops.DilatedConv;
import io.dartboard.nas.ops.FactorizedReduce;
import io.dartboard.nas.ops.Identity;
import io.dartboard.nas.ops.Operation;
import io.dartboard.nas.ops.Pass;
import io.dartboard.nas.ops.Pool;
import io.dartboard.nas.ops.Rectified;
import io.dartboard.nas.ops.ReluConvNorm;
import io.dartboard.nas.searchspace.CellKind;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.Edge;
import io.dartboard.nas.searchspace.Primitive;
import java.util.ArrayList;
import java.util.List;

/** A cell of the supernet: all edges, all candidates. DARTS (arXiv 1806.09055), section 2.1 and equation 2. */
final class MixedCell {
    private final CnnSpace space;
    private final CellKind kind;
    private final int channels;
    private final List<Rectified> preprocess; // one per input of the cell
    private final List<List<Operation>> candidates; // by edge, then candidate

    private MixedCell(
            CnnSpace space, CellKind kind, int channels, List<Rectified> preprocess, List<List<Operation>> candidates) {
        this.space = space;
        this.kind = kind;
        this.channels = channels;
        this.preprocess = preprocess;
        this.candidates = candidates;
    }

    /**
     * Registers a cell.
     *
     * @param before channels of the output two cells before
     * @param last channels of the output of the cell before
     * @param reducedLast whether the cell before was a reduction, so that its predecessor has twice the resolution
     */
    static MixedCell of(
            Assembly assembly,
            String prefix,
            CnnSpace space,
            CellKind kind,
            int channels,
            int before,
            int last,
            boolean reducedLast) {
        Rectified first = reducedLast
                ? FactorizedReduce.of(assembly, prefix + "preprocess0.", before, channels)
                : ReluConvNorm.of(assembly, prefix + "preprocess0.", before, channels);
        Rectified second = ReluConvNorm.of(assembly, prefix + "preprocess1.", last, channels);
        List<List<Operation>> candidates = new ArrayList<>();
        for (Edge edge : space.cell().edges()) {
            int stride = kind == CellKind.REDUCE && edge.from() < space.cell().inputs() ? 2 : 1;
            List<Operation> operations = new ArrayList<>();
            for (Primitive primitive : space.candidates()) {
                String name = "%s_ops.%d._ops.%d.".formatted(prefix, edge.index(), operations.size());
                operations.add(Candidates.of(primitive, channels, stride, name, assembly));
            }
            candidates.add(List.copyOf(operations));
        }
        return new MixedCell(space, kind, channels, List.of(first, second), List.copyOf(candidates));
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
        states.add(new State(preprocess.get(0).applyRectified(before, pass)));
        states.add(new State(preprocess.get(1).applyRectified(last, pass)));
        for (int node = 0; node < space.cell().nodes(); node++) {
            states.add(new State(node(node, states, pass, mixture)));
        }
        return List.copyOf(states.subList(space.cell().inputs(), states.size()));
    }

    private NDArray node(int node, List<State> states, Pass pass, Mixture mixture) {
        NodeSum sum = new NodeSum();
        for (Edge edge : space.cell().edgesOf(node)) {
            State from = states.get(edge.from());
            for (int candidate = 0; candidate < space.candidateCount(); candidate++) {
                addTerm(sum, from, edge.index(), candidate, pass, mixture);
            }
        }
        return sum.total();
    }

    private void addTerm(NodeSum sum, State from, int edge, int candidate, Pass pass, Mixture mixture) {
        Operation operation = candidates.get(edge).get(candidate);
        if (operation instanceof DilatedConv dilated && dilated.hasSites(from.value())) {
            NDArray gain = mixture.gain(kind, edge, candidate, channels);
            NDArray sites = dilated.applyToSites(from.sites(dilated.stride()), gain, pass);
            if (dilated.stride() == 1) {
                sum.addPhases(sites);
            } else {
                sum.add(sites);
            }
        } else if (operation instanceof Rectified rectified) {
            NDArray gain = mixture.gain(kind, edge, candidate, channels);
            sum.add(rectified.applyRectified(from.rectified(), gain, pass));
        } else if (operation instanceof Pool pool) {
            sum.add(from.pooled(pool, pass).mul(mixture.weight(kind, edge, candidate)));
        } else if (operation instanceof Identity) {
            sum.add(from.value().mul(mixture.weight(kind, edge, candidate)));
        }
    }
}
