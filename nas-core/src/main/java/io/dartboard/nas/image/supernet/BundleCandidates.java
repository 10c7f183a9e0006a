package io.dartboard.nas.image.supernet;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.image.ops.Assembly;
import io.dartboard.nas.image.ops.BundleKernels;
import io.dartboard.nas.image.ops.BundledOperation;
import io.dartboard.nas.image.ops.CandidateOperation;
import io.dartboard.nas.image.ops.Operation;
import io.dartboard.nas.image.ops.Pass;
import io.dartboard.nas.image.ops.Rectified;
import io.dartboard.nas.searchspace.Edge;
import io.dartboard.nas.searchspace.Primitive;
import io.dartboard.nas.tensor.Torch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The candidates with weights on the edges of a bundle: those that have a fast form on all edges at once, all others edge by
 * edge, as the paper writes them. No candidate is left out.
 */
final class BundleCandidates {
    /** A candidate on all edges at once; its place among the candidates of the space. */
    record Fast(int candidate, BundledOperation operation) {}

    /** A candidate on one edge. */
    private record Plain(int candidate, Edge edge, Operation operation) {
        /** The weighted result, (N, C, H', W'), in an array of its own. */
        NDArray apply(State from, NDArray weight, Pass pass) {
            NDArray result = operation instanceof Rectified rectified
                    ? rectified.applyRectified(from.rectified(), pass)
                    : operation.apply(from.value(), pass);
            return operation.passesThrough() ? result.mul(weight) : Torch.consume(result, each -> each.mul(weight));
        }
    }

    private final List<Fast> fast;
    private final List<Plain> plain;

    private BundleCandidates(List<Fast> fast, List<Plain> plain) {
        this.fast = List.copyOf(fast);
        this.plain = List.copyOf(plain);
    }

    /**
     * Registers the candidates of a bundle.
     *
     * @param primitives what is mixed on an edge
     * @param channels that they see
     * @param cell where the cell's names lie; ends with a dot
     */
    static BundleCandidates of(
            List<Primitive> primitives, Bundle bundle, int channels, String cell, Assembly assembly) {
        List<Fast> fast = new ArrayList<>();
        List<Plain> plain = new ArrayList<>();
        for (int i = 0; i < primitives.size(); i++) {
            if (primitives.get(i).weightless(bundle.stride())) {
                continue;
            }
            CandidateOperation candidate = CandidateOperation.of(primitives.get(i));
            List<String> prefixes = bundle.prefixes(cell, i);
            Optional<BundledOperation> onAll =
                    candidate.bundle(new BundleKernels(bundle.stride(), channels, prefixes, assembly));
            if (onAll.isPresent()) {
                fast.add(new Fast(i, onAll.get()));
            } else {
                for (int e = 0; e < bundle.width(); e++) {
                    Operation operation = candidate.assemble(assembly, prefixes.get(e), channels, bundle.stride());
                    plain.add(new Plain(i, bundle.edges().get(e), operation));
                }
            }
        }
        return new BundleCandidates(fast, plain);
    }

    /** Those that are computed on all edges at once. */
    List<Fast> fast() {
        return fast;
    }

    /** Adds those that are computed edge by edge to a node. */
    void addPlain(NodeSum sum, JoinedStates states, EdgeWeight weights, Pass pass) {
        for (Plain each : plain) {
            NDArray weight = weights.of(each.edge(), each.candidate());
            sum.pixels().addImages(each.apply(states.get(each.edge().from()), weight, pass));
        }
    }

    /** The weight of one candidate on one edge, (1). */
    @FunctionalInterface
    interface EdgeWeight {
        NDArray of(Edge edge, int candidate);
    }
}
