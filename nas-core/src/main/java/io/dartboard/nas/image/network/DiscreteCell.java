package io.dartboard.nas.image.network;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.genotype.CellGenotype;
import io.dartboard.nas.genotype.Gene;
import io.dartboard.nas.image.ops.Assembly;
import io.dartboard.nas.image.ops.CandidateOperation;
import io.dartboard.nas.image.ops.FactorizedReduce;
import io.dartboard.nas.image.ops.Operation;
import io.dartboard.nas.image.ops.Pass;
import io.dartboard.nas.image.ops.Rectified;
import io.dartboard.nas.image.ops.ReluConvNorm;
import io.dartboard.nas.onnx.OnnxGraph;
import io.dartboard.nas.onnx.OnnxValue;
import io.dartboard.nas.tensor.Functional;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A cell of a discrete network: each node is the sum of its operands, the output joins the nodes of {@code concat}. */
final class DiscreteCell {

    private final CellGenotype genotype;
    private final Rectified before;
    private final Rectified last;
    private final List<Operation> operations;

    private DiscreteCell(CellGenotype genotype, Rectified before, Rectified last, List<Operation> operations) {
        this.genotype = genotype;
        this.before = before;
        this.last = last;
        this.operations = List.copyOf(operations);
    }

    /**
     * Registers a cell.
     *
     * @param prefix of its weights' names; ends with a dot
     * @param beforeChannels channels of the output of two cells before
     * @param lastChannels channels of the output of the cell before
     * @param channels channels of a node
     * @param reduces whether this cell halves the resolution
     * @param afterReduction whether the cell before did
     */
    static DiscreteCell of(
            Assembly assembly,
            String prefix,
            CellGenotype genotype,
            int beforeChannels,
            int lastChannels,
            int channels,
            boolean reduces,
            boolean afterReduction) {
        Rectified before = afterReduction
                ? FactorizedReduce.of(assembly, prefix + "preprocess0.", beforeChannels, channels)
                : ReluConvNorm.of(assembly, prefix + "preprocess0.", beforeChannels, channels);
        Rectified last = ReluConvNorm.of(assembly, prefix + "preprocess1.", lastChannels, channels);
        List<Operation> operations = new ArrayList<>();
        for (Gene gene : genotype.genes()) {
            int stride = reduces && gene.from() < CellGenotype.INPUTS ? 2 : 1;
            String name = prefix + "_ops." + operations.size() + ".";
            operations.add(CandidateOperation.of(gene.op()).assemble(assembly, name, channels, stride));
        }
        return new DiscreteCell(genotype, before, last, operations);
    }

    /** How many operands drop path may drop. */
    int operands() {
        return (int) operations.stream().filter(op -> !op.passesThrough()).count();
    }

    /** Maps the outputs of the two cells before to this cell's output, (N, nodes of concat * C, H', W'). */
    NDArray apply(NDArray beforeOutput, NDArray lastOutput, Pass pass, DropPath dropPath) {
        Map<Integer, CellState> states = new HashMap<>(); // those that exist
        states.put(0, new CellState(before.apply(beforeOutput, pass)));
        states.put(1, new CellState(last.apply(lastOutput, pass)));
        Iterator<Operation> next = operations.iterator();
        for (int node = 0; node < genotype.nodes(); node++) {
            Optional<Operand> sum = Optional.empty();
            for (Gene gene : genotype.genesOf(node)) {
                Operand operand = Operand.of(existing(states, gene.from()), next.next(), pass, dropPath);
                sum = Optional.of(sum.map(known -> known.plus(operand)).orElse(operand));
            }
            int state = CellGenotype.INPUTS + node;
            sum.ifPresent(total -> states.put(state, new CellState(total.value())));
        }
        NDArray output = Functional.concatChannels(genotype.concat().stream()
                .map(state -> existing(states, state).value())
                .toList());
        states.values().forEach(state -> state.closeBut(output));
        return output;
    }

    /** The same for an evaluation, as a part of an ONNX graph. */
    OnnxValue toOnnx(OnnxValue beforeOutput, OnnxValue lastOutput, OnnxGraph graph) {
        Map<Integer, OnnxValue> states = new HashMap<>(); // those that exist
        states.put(0, before.toOnnx(beforeOutput, graph));
        states.put(1, last.toOnnx(lastOutput, graph));
        Iterator<Operation> next = operations.iterator();
        for (int node = 0; node < genotype.nodes(); node++) {
            List<OnnxValue> terms = new ArrayList<>();
            for (Gene gene : genotype.genesOf(node)) {
                terms.add(next.next().toOnnx(existing(states, gene.from()), graph));
            }
            if (!terms.isEmpty()) {
                states.put(CellGenotype.INPUTS + node, graph.sum(terms));
            }
        }
        return graph.concatChannels(
                genotype.concat().stream().map(state -> existing(states, state)).toList());
    }

    private static <S> S existing(Map<Integer, S> states, int state) {
        return Objects.requireNonNull(states.get(state), "a state that does not exist");
    }
}
