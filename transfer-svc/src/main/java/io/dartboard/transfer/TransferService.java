package io.dartboard.transfer;

import io.dartboard.nas.train.Compute;
import io.dartboard.pipeline.config.JobSettings;
import io.dartboard.pipeline.config.PipelineConfig;
import io.dartboard.pipeline.wiring.Machines;
import io.dartboard.training.kind.Kind;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.util.Optional;

/** Starts the service: its planner, and its worker once the self-tests have shown that a training step learns. */
@ApplicationScoped
class TransferService {

    void onStart(
            @Observes StartupEvent event,
            Machines machines,
            Instance<TransferJobRunner> runner,
            PipelineConfig config) {
        if (config.threads() > 0) {
            System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(config.threads()));
        }
        machines.plan(new TransferPlanner(JobSettings.of(config).patience()));
        machines.work(TransferEvents.KIND, runner::get, device -> selfTest(Compute.on(device, 1)));
    }

    private static Optional<String> selfTest(Compute compute) {
        return Kind.all().stream()
                .flatMap(kind -> kind.trainingSelfTest(compute).stream())
                .findFirst();
    }
}
