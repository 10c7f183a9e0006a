package io.dartboard.pipeline.wiring;

import io.dartboard.pipeline.config.KafkaSettings;
import io.dartboard.pipeline.config.PipelineConfig;
import io.dartboard.pipeline.config.ServiceIdentity;
import io.dartboard.pipeline.event.TopicAdmin;
import io.dartboard.pipeline.health.HealthBoard;
import io.dartboard.pipeline.job.JobKind;
import io.dartboard.pipeline.job.JobRunner;
import io.dartboard.pipeline.job.JobTools;
import io.dartboard.pipeline.job.JobWorker;
import io.dartboard.pipeline.meters.EventMeters;
import io.dartboard.pipeline.planner.Decider;
import io.dartboard.pipeline.planner.PlannerStreams;
import io.dartboard.schemas.Topics;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the two small machines that every service is made of, its planner and its worker, puts both on the health pages
 * and ends them in order. A worker starts only once the service's self-test has passed: one whose arithmetic is wrong
 * takes no job.
 */
@Singleton
public class Machines {
    private static final Logger LOG = LoggerFactory.getLogger(Machines.class);

    private final ServiceIdentity service;
    private final PipelineConfig config;
    private final KafkaSettings kafka;
    private final TopicAdmin topics;
    private final HealthBoard health;
    private final Lifecycle lifecycle;
    private final EventMeters meters;
    private final Instance<JobTools> tools;

    Machines(
            ServiceIdentity service,
            PipelineConfig config,
            KafkaSettings kafka,
            TopicAdmin topics,
            HealthBoard health,
            Lifecycle lifecycle,
            EventMeters meters,
            Instance<JobTools> tools) {
        this.service = service;
        this.config = config;
        this.kafka = kafka;
        this.topics = topics;
        this.health = health;
        this.lifecycle = lifecycle;
        this.meters = meters;
        this.tools = tools;
    }

    /** Starts the planner. */
    public PlannerStreams plan(Decider decider) {
        var planner = lifecycle.closeAtEnd(
                "planner",
                new PlannerStreams(
                        service.name(),
                        service.version(),
                        decider,
                        meters,
                        kafka.bootstrapServers(),
                        config.workDir().resolve("streams"),
                        () -> topics.ensure(Topics.ALL)));
        health.ready("planner", planner::trouble);
        planner.start();
        return planner;
    }

    /**
     * Starts the worker once the self-test has passed. The test runs in the background, so that the health pages are
     * there meanwhile.
     *
     * @param selfTest empty if all is well, else one line with what is wrong
     */
    public <J extends SpecificRecord> void work(
            JobKind<J> kind, JobRunner<J> runner, Callable<Optional<String>> selfTest) {
        var verdict = new AtomicReference<>(Optional.of("the self-test is running"));
        health.started("self-test", verdict::get);
        var worker = new JobWorker<>(tools.get(), kind, runner);
        lifecycle.closeAtEnd("worker", worker);
        health.ready("worker", worker::trouble);
        health.live("training", worker::stalled);
        var thread = new Thread(
                () -> {
                    var word = judge(selfTest);
                    verdict.set(word);
                    word.ifPresentOrElse(
                            trouble -> LOG.error("takes no jobs: the self-test failed: {}", trouble), worker::start);
                },
                service.name() + "-self-test");
        thread.setDaemon(true);
        thread.start();
    }

    private static Optional<String> judge(Callable<Optional<String>> selfTest) {
        try {
            return selfTest.call();
        } catch (Exception | LinkageError e) {
            return Optional.of("it ended with %s".formatted(e));
        }
    }
}
