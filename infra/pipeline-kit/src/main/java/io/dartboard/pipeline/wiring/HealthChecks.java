package io.dartboard.pipeline.wiring;

import io.dartboard.pipeline.health.HealthBoard;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** Puts the {@link HealthBoard} on the health pages. */
@ApplicationScoped
public class HealthChecks {

    @Produces
    @ApplicationScoped
    @Liveness
    HealthCheck live(HealthBoard board) {
        return board::liveness;
    }

    @Produces
    @ApplicationScoped
    @Readiness
    HealthCheck ready(HealthBoard board) {
        return board::readiness;
    }

    @Produces
    @ApplicationScoped
    @Startup
    HealthCheck started(HealthBoard board) {
        return board::startup;
    }
}
