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
    /**
     * A candidate on all edges that have it at once.
     *
     * @param candidate its place among the candidates of the space
     * @param bundle these edges
     */
    record Fast(int candidate, Bundle bundle, BundledOperation operation) {}

    /** A candidate on one edge. */
    private record Plain(int candidate, Edge edge, Operation operation) {
        /** The weighted result, (N, C, H', W'), in an array of its own. */
        NDArray apply(State from, NDArray weight, Pass pass) {
            NDArray result = operation instanceof Rectified rectified
                    ? rectified.applyRectified(from.rectified(), pass)
                    : operation.apply(from.value(), pass);
            // An operation may hand its very input on, which others read, too.
            return result == from.value() ? result.mul(weight) : Torch.consume(result, each -> each.mul(weight));
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
     * @param edges what is mixed on them
     * @param group of the alphas that the cell is mixed by
     * @param channels that they see
     * @param cell where the cell's names lie; ends with a dot
     */
    static BundleCandidates of(
            EdgeMixture edges, String group, Bundle bundle, int channels, String cell, Assembly assembly) {
        List<Fast> fast = new ArrayList<>();
        List<Plain> plain = new ArrayList<>();
        for (int i = 0; i < edges.operations().size(); i++) {
            if (edges.isShared(i, bundle.stride())) {
                continue;
            }
            int place = i;
            Bundle having = bundle.only(edge -> edges.keeps(group, edge, place));
            if (edges.isDroppedOut(i, bundle.stride())) {
                having.edges().forEach(edge -> plain.add(new Plain(place, edge, assembly.skipDropout())));
            } else if (having.width() > 0) {
                add(fast, plain, i, edges.operations().get(i), having, channels, cell, assembly);
            }
        }
        return new BundleCandidates(fast, plain);
    }

    private static void add(
            List<Fast> fast,
            List<Plain> plain,
            int place,
            Primitive primitive,
            Bundle bundle,
            int channels,
            String cell,
            Assembly assembly) {
        CandidateOperation candidate = CandidateOperation.of(primitive);
        List<String> prefixes = bundle.prefixes(cell, place);
        Optional<BundledOperation> onAll =
                candidate.bundle(new BundleKernels(bundle.stride(), channels, prefixes, assembly));
        if (onAll.isPresent()) {
            fast.add(new Fast(place, bundle, onAll.get()));
            return;
        }
        for (int e = 0; e < bundle.width(); e++) {
            Operation operation = candidate.assemble(assembly, prefixes.get(e), channels, bundle.stride());
            plain.add(new Plain(place, bundle.edges().get(e), operation));
        }
    }

    /** Those that are computed on all edges that have them at once. */
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
