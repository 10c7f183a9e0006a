package io.dartboard.eval;

import io.dartboard.pipeline.config.JobSettings;
import io.dartboard.pipeline.config.PipelineConfig;
import io.dartboard.pipeline.wiring.Machines;
import io.dartboard.training.EngineSettings;
import io.dartboard.training.TrainingSelfTests;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;

/** Starts the service: its planner, and its worker once the self-tests have shown that a training step learns. */
@ApplicationScoped
class EvalService {

    void onStart(
            @Observes StartupEvent event, Machines machines, Instance<EvalJobRunner> runner, PipelineConfig config) {
        EngineSettings.apply(config);
        machines.plan(new EvalPlanner(JobSettings.of(config).patience()));
        machines.work(EvalEvents.KIND, runner::get, new TrainingSelfTests());
    }
}
