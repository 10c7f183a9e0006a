package io.dartboard.nas.image.supernet;

import io.dartboard.nas.alpha.EdgeForm;
import io.dartboard.nas.searchspace.ConvolutionalSpace;
import io.dartboard.nas.searchspace.Edge;
import io.dartboard.nas.searchspace.Primitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is mixed on the edges of a supernet.
 *
 * @param operations the candidates of the space in their order, and after them what lies beside them
 * @param passing the channels that pass by them, if some do
 * @param stage which candidates the edges have left, and what is dropped out
 */
record EdgeMixture(List<Primitive> operations, Optional<PassingChannels> passing, SupernetStage stage) {
    EdgeMixture {
        operations = List.copyOf(operations);
    }

    static EdgeMixture of(ConvolutionalSpace space, EdgeForm form, SupernetStage stage) {
        if (form instanceof EdgeForm.PartialChannels partial) {
            return new EdgeMixture(
                    space.candidates(), Optional.of(new PassingChannels(partial.partialChannels())), stage);
        }
        List<Primitive> operations = new ArrayList<>(space.candidates());
        if (form instanceof EdgeForm.AuxiliarySkip) {
            operations.add(Primitive.SKIP_CONNECT);
        }
        return new EdgeMixture(operations, Optional.empty(), stage);
    }

    /** Whether an edge has an operation. */
    boolean keeps(String group, Edge edge, int operation) {
        return stage.kept().keeps(group, edge.index(), operation);
    }

    /** Whether an operation has no weights and is the same on every edge that leaves a state, so that it is computed once. */
    boolean isShared(int operation, int stride) {
        return operations.get(operation).weightless(stride) && !isDroppedOut(operation, stride);
    }

    /** Whether an operation is a skip connection of which each edge drops out its own part. */
    boolean isDroppedOut(int operation, int stride) {
        return stage.dropsSkipsOut()
                && operations.get(operation).equals(Primitive.SKIP_CONNECT)
                && operations.get(operation).weightless(stride);
    }

    /** How many of a cell's channels the operations see. */
    int channels(int ofCell) {
        return ofCell / passing.map(PassingChannels::parts).orElse(1);
    }
}
