package io.dartboard.nas.image.supernet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.image.ops.Assembly;
import io.dartboard.nas.image.ops.CandidateOperation;
import io.dartboard.nas.image.ops.Operation;
import io.dartboard.nas.image.ops.Pass;
import io.dartboard.nas.searchspace.Primitive;
import io.dartboard.nas.tensor.ChannelsLast;
import io.dartboard.nas.tensor.Torch;
import java.util.ArrayList;
import java.util.List;

/**
 * The candidates without weights on all edges that leave some states of one stride. Their results are the same on each of
 * these edges, and only the weights in the mixed operation differ; so each result is computed once, and one matrix product
 * makes of them what the states add to every node.
 */
final class Shares {
    private final List<Integer> states;
    private final List<Integer> candidates; // places among the candidates of the space
    private final List<Operation> operations;

    private Shares(List<Integer> states, List<Integer> candidates, List<Operation> operations) {
        this.states = List.copyOf(states);
        this.candidates = List.copyOf(candidates);
        this.operations = List.copyOf(operations);
    }

    /** What is mixed without weights at the stride of the edges that leave some states. */
    static Shares of(List<Integer> states, List<Primitive> primitives, int channels, int stride, Assembly assembly) {
        List<Integer> candidates = new ArrayList<>();
        List<Operation> operations = new ArrayList<>();
        for (int i = 0; i < primitives.size(); i++) {
            if (primitives.get(i).weightless(stride) && !primitives.get(i).equals(Primitive.NONE)) {
                candidates.add(i);
                operations.add(CandidateOperation.of(primitives.get(i)).assemble(assembly, "", channels, stride));
            }
        }
        return new Shares(states, candidates, operations);
    }

    /**
     * What the states add to each node that all of them lead to, in order, as rows (N, H / stride, W / stride, C). They are
     * slices of one array, so none may be changed in place; there are none if no candidate is without weights.
     */
    List<NDArray> of(JoinedStates all, String group, Pass pass, Mixture mixture) {
        if (operations.isEmpty()) {
            return List.of();
        }
        List<NDArray> results = new ArrayList<>();
        List<NDArray> own = new ArrayList<>();
        for (int state : states) {
            for (Operation operation : operations) {
                NDArray result = operation.apply(all.get(state).value(), pass);
                results.add(result);
                if (!operation.passesThrough()) {
                    own.add(result);
                }
            }
        }
        List<NDArray> sums = sums(mixture.leaving(group, states, candidates), results);
        own.forEach(NDArray::close);
        return sums;
    }

    /** For each row of weights (sums, terms) the sum of the weighted images (N, C, H, W), as rows (N, H, W, C). */
    private static List<NDArray> sums(NDArray weights, List<NDArray> terms) {
        Shape image = terms.get(0).getShape();
        long sums = weights.getShape().get(0);
        Shape rows = new Shape(sums * image.get(0), image.get(2), image.get(3), image.get(1));
        NDArray flat = Torch.consume(joinedRows(terms), each -> each.reshape(terms.size(), image.size()));
        NDArray summed = Torch.consume(flat, weights::matMul);
        try (NDArray all = Torch.consume(summed, each -> each.reshape(rows))) {
            return List.copyOf(all.split(sums));
        }
    }

    /** Images (N, C, H, W) one after the other, as rows (terms * N, H, W, C). */
    private static NDArray joinedRows(List<NDArray> terms) {
        // The library copies a single array out of the graph.
        return terms.size() == 1
                ? ChannelsLast.rows(terms.get(0))
                : Torch.consume(NDArrays.concat(new NDList(terms), 0), ChannelsLast::rows);
    }
}
