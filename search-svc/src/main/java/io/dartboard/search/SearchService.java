package io.dartboard.search;

import io.dartboard.events.SearchJob;
import io.dartboard.pipeline.config.JobSettings;
import io.dartboard.pipeline.config.PipelineConfig;
import io.dartboard.pipeline.config.Role;
import io.dartboard.pipeline.job.JobIdentity;
import io.dartboard.pipeline.job.JobKind;
import io.dartboard.pipeline.wiring.Machines;
import io.dartboard.schemas.Topics;
import io.dartboard.search.event.EventLog;
import io.dartboard.search.order.OrderMeters;
import io.dartboard.search.order.OrderPlanner;
import io.dartboard.search.plan.BudgetMeters;
import io.dartboard.search.plan.SearchPlanner;
import io.dartboard.search.request.DevicePrice;
import io.dartboard.search.source.Notifications;
import io.dartboard.search.work.SearchJobRunner;
import io.dartboard.search.work.SelfTest;
import io.dartboard.training.EngineSettings;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.util.List;

/** Starts the service: its planner, and its worker once the self-test has shown that an architecture step works. */
@ApplicationScoped
class SearchService {
    private static final JobKind<SearchJob> SEARCHES =
            new JobKind<>(Topics.SEARCH_JOBS, List.of("search"), "search-svc-worker", SearchService::identity);

    void onStart(
            @Observes StartupEvent event,
            Machines machines,
            Instance<EventLog> log,
            Instance<Notifications> notifications,
            Instance<SearchJobRunner> runner,
            SelfTest selfTest,
            BudgetMeters budgets,
            OrderMeters orders,
            PipelineConfig config) {
        EngineSettings.apply(config);
        machines.plan(new SearchPlanner(JobSettings.of(config).patience(), DevicePrice.of(config), budgets::show));
        machines.planToo("orders", new OrderPlanner(DevicePrice.of(config), orders::show));
        machines.work(SEARCHES, runner::get, selfTest);
        if (machines.has(Role.API)) {
            log.get(); // It has read all topics by the time of the first request.
            notifications.get(); // With it the watch of prefixes has begun.
        }
    }

    static JobIdentity identity(SearchJob job) {
        return new JobIdentity(job.getJob(), job.getRun(), job.getRequestEpoch(), "search", "searches/" + job.getJob());
    }
}
