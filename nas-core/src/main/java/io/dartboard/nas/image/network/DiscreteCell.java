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
import io.dartboard.nas.tensor.Functional;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
        Map<Integer, State> states = new HashMap<>(); // those that exist
        states.put(0, new State(before.apply(beforeOutput, pass)));
        states.put(1, new State(last.apply(lastOutput, pass)));
        Iterator<Operation> next = operations.iterator();
        for (int node = 0; node < genotype.nodes(); node++) {
            Optional<Operand> sum = Optional.empty();
            for (Gene gene : genotype.genesOf(node)) {
                State from = Objects.requireNonNull(states.get(gene.from()), "a state that does not exist");
                Operand operand = operand(from, next.next(), pass, dropPath);
                sum = Optional.of(sum.map(known -> known.plus(operand)).orElse(operand));
            }
            int state = CellGenotype.INPUTS + node;
            sum.ifPresent(total -> states.put(state, new State(total.value())));
        }
        NDArray output = Functional.concatChannels(genotype.concat().stream()
                .map(state -> Objects.requireNonNull(states.get(state), "a state that does not exist").value)
                .toList());
        states.values().forEach(State::close);
        return output;
    }

    private static Operand operand(State from, Operation operation, Pass pass, DropPath dropPath) {
        if (operation.passesThrough()) {
            return new Operand(from.value, false);
        }
        NDArray result = operation instanceof Rectified rectified
                ? rectified.applyRectified(from.rectified(), pass)
                : operation.apply(from.value, pass);
        dropPath.next().ifPresent(result::muli);
        return new Operand(result, true);
    }

    /**
     * A term of a node's sum.
     *
     * @param value (N, C, H, W)
     * @param own whether the array is nobody else's. It may then be changed in place, for no derivative reads the result
     *     of a normalisation, of a pooling or of a sum
     */
    private record Operand(NDArray value, boolean own) {
        /** The sum, in an array of its own; what was the operands' own is used up. */
        Operand plus(Operand other) {
            if (!own) {
                return other.own ? other.plus(this) : new Operand(value.add(other.value), true);
            }
            value.addi(other.value);
            if (other.own) {
                other.value.close();
            }
            return this;
        }
    }

    /**
     * A state of the cell; it is rectified once for all operations that begin with a ReLU. Closed with the cell: what a
     * derivative needs stays alive by itself. A node that is but an identity has the array of the state that it reads, which
     * may be closed twice.
     */
    private static final class State {

        private final NDArray value; // (N, C, H, W)
        private @Nullable NDArray rectified;

        State(NDArray value) {
            this.value = value;
        }

        NDArray rectified() {
            NDArray known = rectified;
            if (known == null) {
                known = Functional.relu(value);
                rectified = known;
            }
            return known;
        }

        void close() {
            value.close();
            NDArray known = rectified;
            if (known != null) {
                known.close();
            }
        }
    }
}
