package io.dartboard.transfer;

import io.dartboard.pipeline.config.JobSettings;
import io.dartboard.pipeline.config.PipelineConfig;
import io.dartboard.pipeline.wiring.Machines;
import io.dartboard.training.EngineSettings;
import io.dartboard.training.TrainingSelfTests;
import io.dartboard.transfer.evidence.EvidenceReader;
import io.dartboard.transfer.handover.HandoverReader;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;

/** Starts the service: its planner, and its worker once the self-tests have shown that a training step learns. */
@ApplicationScoped
class TransferService {

    void onStart(
            @Observes StartupEvent event,
            Machines machines,
            Instance<TransferJobRunner> runner,
            HandoverReader handover,
            EvidenceReader evidence,
            PipelineConfig config) {
        EngineSettings.apply(config);
        machines.plan(new TransferPlanner(
                JobSettings.of(config).patience(), config.verdict().level()));
        machines.work(TransferEvents.KIND, runner::get, new TrainingSelfTests());
        handover.start();
        evidence.start();
    }
}
