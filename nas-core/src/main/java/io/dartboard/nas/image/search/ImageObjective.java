package io.dartboard.nas.image.search;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.bilevel.Objective;
import io.dartboard.nas.image.ops.Pass;
import io.dartboard.nas.image.supernet.RelaxedNetwork;
import io.dartboard.nas.tensor.ChannelConstants;
import io.dartboard.nas.tensor.DeviceBatch;
import io.dartboard.nas.tensor.Functional;
import io.dartboard.nas.tensor.Leaves;
import java.util.List;

/**
 * The mean cross entropy of a batch of images. Beside it stands the number of right answers, ().
 *
 * @param constants on the device and of the precision of the weights
 */
public record ImageObjective(RelaxedNetwork network, DeviceBatch batch, ChannelConstants constants)
        implements Objective {
    @Override
    public Seen see(NDManager pass, Leaves weights, NDArray mixture) {
        DeviceBatch local = batch.in(pass);
        NDArray logits = network.logits(local.images(), mixture, Pass.search(weights, constants));
        return new Seen(
                Functional.crossEntropy(logits, local.labels()),
                new NDList(Functional.correct(logits, local.labels())));
    }

    @Override
    public List<String> groupsOfCells() {
        return network.groupsOfCells();
    }
}
