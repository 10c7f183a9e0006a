package io.dartboard.training;

import io.dartboard.nas.natives.Devices;
import io.dartboard.nas.tensor.Torch;
import io.dartboard.nas.train.Compute;
import io.dartboard.pipeline.wiring.Machines;
import io.dartboard.training.kind.Kind;
import java.util.Optional;

/** The known-answer check of a service that trains: in each kind a training step learns. */
public final class TrainingSelfTests implements Machines.SelfTest {

    @Override
    public Optional<String> unusable(String device) {
        return Devices.trouble(Torch.device(device));
    }

    @Override
    public Optional<String> on(String device) {
        var compute = Compute.on(device, 1);
        return Kind.all().stream()
                .flatMap(kind -> kind.trainingSelfTest(compute).stream())
                .findFirst();
    }
}
