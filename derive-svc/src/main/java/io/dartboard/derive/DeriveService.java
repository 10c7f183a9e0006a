package io.dartboard.derive;

import io.dartboard.pipeline.wiring.Machines;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** The service: a planner and nothing else. What it knows lies in its ledger's changelog, so it can be killed at will. */
@ApplicationScoped
class DeriveService {
    private final Machines machines;

    DeriveService(Machines machines) {
        this.machines = machines;
    }

    void onStart(@Observes StartupEvent event) {
        machines.plan(new DerivePlanner());
    }
}
