package io.dartboard.nas.image.supernet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.image.ops.Assembly;
import io.dartboard.nas.image.ops.CandidateOperation;
import io.dartboard.nas.image.ops.Operation;
import io.dartboard.nas.image.ops.Pass;
import io.dartboard.nas.searchspace.CellShape;
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
    private final List<Term> terms;
    private final List<Operation> operations; // of each term

    /** A candidate on the edges that leave a state; its place among the candidates of the space. */
    record Term(int state, int candidate) {}

    private Shares(List<Term> terms, List<Operation> operations) {
        this.terms = List.copyOf(terms);
        this.operations = List.copyOf(operations);
    }

    /**
     * What is mixed without weights at the stride of the edges that leave some states.
     *
     * @param mixed on these edges
     * @param group of the alphas that the cell is mixed by
     */
    static Shares of(
            List<Integer> states,
            CellShape cell,
            EdgeMixture mixed,
            String group,
            int channels,
            int stride,
            Assembly assembly) {
        List<Term> terms = new ArrayList<>();
        List<Operation> operations = new ArrayList<>();
        for (int state : states) {
            for (int i = 0; i < mixed.operations().size(); i++) {
                Primitive primitive = mixed.operations().get(i);
                if (mixed.isShared(i, stride)
                        && !primitive.equals(Primitive.NONE)
                        && isKept(state, i, cell, mixed, group)) {
                    terms.add(new Term(state, i));
                    operations.add(CandidateOperation.of(primitive).assemble(assembly, "", channels, stride));
                }
            }
        }
        return new Shares(terms, operations);
    }

    /** Whether any edge that leaves a state has a candidate. */
    private static boolean isKept(int state, int candidate, CellShape cell, EdgeMixture mixed, String group) {
        return cell.edges().stream().anyMatch(edge -> edge.from() == state && mixed.keeps(group, edge, candidate));
    }

    /**
     * What the states add to each node that all of them lead to, in order, as rows (N, H / stride, W / stride, C). They are
     * slices of one array, so none may be changed in place; there are none if no candidate is without weights. A candidate that
     * some of the edges lack has weight 0 on these.
     */
    List<NDArray> of(JoinedStates all, String group, Pass pass, Mixture mixture) {
        if (operations.isEmpty()) {
            return List.of();
        }
        List<NDArray> results = new ArrayList<>();
        List<NDArray> own = new ArrayList<>();
        for (int i = 0; i < terms.size(); i++) {
            Operation operation = operations.get(i);
            NDArray result = operation.apply(all.get(terms.get(i).state()).value(), pass);
            results.add(result);
            if (!operation.passesThrough()) {
                own.add(result);
            }
        }
        List<NDArray> sums = sums(mixture.leaving(group, terms), results);
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
