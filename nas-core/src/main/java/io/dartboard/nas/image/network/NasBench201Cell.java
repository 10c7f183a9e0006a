package io.dartboard.nas.image.network;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.genotype.NasBench201Genotype;
import io.dartboard.nas.image.ops.Assembly;
import io.dartboard.nas.image.ops.CandidateOperation;
import io.dartboard.nas.image.ops.Operation;
import io.dartboard.nas.image.ops.Pass;
import io.dartboard.nas.onnx.OnnxGraph;
import io.dartboard.nas.onnx.OnnxValue;
import io.dartboard.nas.searchspace.CellShape;
import io.dartboard.nas.searchspace.Edge;
import io.dartboard.nas.searchspace.NasBench201Space;
import io.dartboard.nas.searchspace.Primitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A cell of a discrete network of NAS-Bench-201: each node is the sum of the operations on all edges into it, the last one is
 * the output. An edge that is {@code none} is not computed; a node of nothing else is zero.
 */
final class NasBench201Cell {
    private static final CellShape SHAPE = NasBench201Space.PUBLISHED.cell();

    private final NasBench201Genotype genotype;
    private final List<Operation> operations; // by edge

    private NasBench201Cell(NasBench201Genotype genotype, List<Operation> operations) {
        this.genotype = genotype;
        this.operations = List.copyOf(operations);
    }

    /** Registers a cell; {@code prefix} ends with a dot. */
    static NasBench201Cell of(Assembly assembly, String prefix, NasBench201Genotype genotype, int channels) {
        return new NasBench201Cell(
                genotype,
                SHAPE.edges().stream()
                        .map(edge -> CandidateOperation.of(genotype.on(edge))
                                .assemble(assembly, "%slayers.%d.".formatted(prefix, edge.index()), channels, 1))
                        .toList());
    }

    /** How many operands drop path may drop. */
    int operands() {
        return (int) SHAPE.edges().stream()
                .filter(this::adds)
                .filter(edge -> !operation(edge).passesThrough())
                .count();
    }

    /** Maps (N, C, H, W), whose handle is taken, to the same shape. */
    NDArray apply(NDArray input, Pass pass, DropPath dropPath) {
        List<CellState> states = new ArrayList<>(List.of(new CellState(input)));
        for (int node = 0; node < SHAPE.nodes(); node++) {
            states.add(new CellState(node(SHAPE.edgesOf(node), states, pass, dropPath)));
        }
        NDArray output = states.get(states.size() - 1).value();
        states.forEach(state -> state.closeBut(output));
        return output;
    }

    private NDArray node(List<Edge> edges, List<CellState> states, Pass pass, DropPath dropPath) {
        Optional<Operand> sum = Optional.empty();
        for (Edge edge : edges) {
            if (adds(edge)) {
                Operand operand = Operand.of(states.get(edge.from()), operation(edge), pass, dropPath);
                sum = Optional.of(sum.map(known -> known.plus(operand)).orElse(operand));
            }
        }
        // Zero by way of a state keeps the graph whole: gradients of what nobody reads are zero then, not absent.
        return sum.map(Operand::value)
                .orElseGet(() -> operation(edges.get(0)).apply(states.get(0).value(), pass));
    }

    /** The same for an evaluation, as a part of an ONNX graph. */
    OnnxValue toOnnx(OnnxValue input, OnnxGraph graph) {
        List<OnnxValue> states = new ArrayList<>(List.of(input));
        for (int node = 0; node < SHAPE.nodes(); node++) {
            List<Edge> edges = SHAPE.edgesOf(node);
            List<OnnxValue> terms = edges.stream()
                    .filter(this::adds)
                    .map(edge -> operation(edge).toOnnx(states.get(edge.from()), graph))
                    .toList();
            states.add(terms.isEmpty() ? operation(edges.get(0)).toOnnx(input, graph) : graph.sum(terms));
        }
        return states.get(states.size() - 1);
    }

    private boolean adds(Edge edge) {
        return !genotype.on(edge).equals(Primitive.NONE);
    }

    private Operation operation(Edge edge) {
        return operations.get(edge.index());
    }
}
