package io.dartboard.nas.image.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.dartboard.nas.genotype.PublishedGenotypes;
import io.dartboard.nas.image.cost.Stem;
import io.dartboard.nas.image.data.Batch;
import io.dartboard.nas.image.data.CifarBinary;
import io.dartboard.nas.image.data.made.MadeShapes;
import io.dartboard.nas.image.network.ConvolutionalNetwork;
import io.dartboard.nas.image.network.DiscreteNetwork;
import io.dartboard.nas.optim.CosineSchedule;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.ChannelConstants;
import io.dartboard.nas.tensor.DeviceBatch;
import io.dartboard.nas.tensor.Handles;
import io.dartboard.nas.tensor.Torch;
import io.dartboard.nas.train.Compute;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingHandlesTest {
    private static final RandomStreams STREAMS = new RandomStreams(1);

    @TempDir
    Path dir;

    @Test
    void shouldHoldAsMuchAfterEveryStepAndJudgementAsBefore() throws IOException {
        MadeShapes.writeCifar(dir, 20, 20, 1);
        TrainingImages images = TrainingImages.full(CifarBinary.read(dir).pixels(), 16);
        DiscreteNetwork network =
                ConvolutionalNetwork.of(Stem.CIFAR, PublishedGenotypes.DARTS_V1, new NetworkShape(2, 4, 10), 32, true);
        TrainingPlan plan = new TrainingPlan(2, 8, new CosineSchedule(0.025, 0, 2), 0.9, 3e-4, 5, 0.4, 0.3, 0.1);
        Batch batch = Batch.load(images.train(), new int[] {3, 1, 2}, i -> STREAMS.stream("augment", 0, i));
        try (NDManager scope = Torch.open(Device.cpu());
                Autograd.Mode paused = Autograd.paused()) {
            TrainingState state = TrainingState.fresh(scope, network, plan, STREAMS);
            ChannelConstants constants = new ChannelConstants(scope, DataType.FLOAT32);
            DeviceBatch onDevice = batch.on(scope);
            TrainingStep training = new TrainingStep(network, plan, STREAMS, constants);
            HeldOut heldOut =
                    new HeldOut(network, images.heldOut(), 8, STREAMS, new Compute(Device.cpu(), 1), constants);
            training.take(scope, state, onDevice, 1, 0); // makes the constants that passes share
            int before = Handles.heldBy(scope);
            for (int step = 1; step < 4; step++) {
                training.take(scope, state, onDevice, 1, step);

                assertThat(Handles.heldBy(scope)).as("after step %d", step).isEqualTo(before);
            }

            assertThat(heldOut.judge(scope, state, () -> false)).isPresent();
            assertThat(Handles.heldBy(scope)).as("after the judgement").isEqualTo(before);
            state.content();
            state.endEpoch(new EpochReport(1, 0.1, 0.2, 2.5, 0.5, 1.5, 0.75, 1));
            assertThat(Handles.heldBy(scope))
                    .as("after a snapshot and the end of an epoch")
                    .isEqualTo(before);
        }
    }
}
