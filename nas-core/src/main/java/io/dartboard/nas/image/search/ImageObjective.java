package io.dartboard.nas.image.search;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.bilevel.Objective;
import io.dartboard.nas.image.ops.Pass;
import io.dartboard.nas.image.ops.SkipMasks;
import io.dartboard.nas.image.supernet.RelaxedNetwork;
import io.dartboard.nas.tensor.ChannelConstants;
import io.dartboard.nas.tensor.DeviceBatch;
import io.dartboard.nas.tensor.Functional;
import io.dartboard.nas.tensor.Leaves;
import java.util.List;
import java.util.Optional;

/**
 * The mean cross entropy of a batch of images. Beside it stands the number of right answers, ().
 *
 * @param constants on the device and of the precision of the weights
 * @param skipMasks what skip connections drop out, the same in all passes
 */
public record ImageObjective(
        RelaxedNetwork network, DeviceBatch batch, ChannelConstants constants, Optional<SkipMasks> skipMasks)
        implements Objective {
    /** Of which nothing is dropped out. */
    public ImageObjective(RelaxedNetwork network, DeviceBatch batch, ChannelConstants constants) {
        this(network, batch, constants, Optional.empty());
    }

    @Override
    public Seen see(NDManager pass, Leaves weights, NDArray mixture) {
        DeviceBatch local = batch.in(pass);
        NDArray logits = network.logits(local.images(), mixture, Pass.search(weights, constants, skipMasks));
        return new Seen(
                Functional.crossEntropy(logits, local.labels()),
                new NDList(Functional.correct(logits, local.labels())));
    }

    @Override
    public List<String> groupsOfCells() {
        return network.groupsOfCells();
    }
}
