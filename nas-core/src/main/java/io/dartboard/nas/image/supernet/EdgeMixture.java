package io.dartboard.nas.image.supernet;

import io.dartboard.nas.alpha.EdgeForm;
import io.dartboard.nas.searchspace.ConvolutionalSpace;
import io.dartboard.nas.searchspace.Primitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is mixed on the edges of a supernet.
 *
 * @param operations the candidates of the space in their order, and after them what lies beside them
 * @param passing the channels that pass by them, if some do
 */
record EdgeMixture(List<Primitive> operations, Optional<PassingChannels> passing) {
    EdgeMixture {
        operations = List.copyOf(operations);
    }

    static EdgeMixture of(ConvolutionalSpace space, EdgeForm form) {
        if (form instanceof EdgeForm.PartialChannels partial) {
            return new EdgeMixture(space.candidates(), Optional.of(new PassingChannels(partial.partialChannels())));
        }
        List<Primitive> operations = new ArrayList<>(space.candidates());
        if (form instanceof EdgeForm.AuxiliarySkip) {
            operations.add(Primitive.SKIP_CONNECT);
        }
        return new EdgeMixture(operations, Optional.empty());
    }

    /** How many of a cell's channels the operations see. */
    int channels(int ofCell) {
        return ofCell / passing.map(PassingChannels::parts).orElse(1);
    }
}
