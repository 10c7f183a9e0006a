package io.dartboard.pipeline.wiring;

import io.dartboard.pipeline.config.KafkaSettings;
import io.dartboard.pipeline.config.PipelineConfig;
import io.dartboard.pipeline.config.Role;
import io.dartboard.pipeline.config.ServiceIdentity;
import io.dartboard.pipeline.event.ToldSchemas;
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
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the two small machines that every service is made of, its planner and its workers, puts them on the health pages
 * and ends them in order. A worker starts only once the service's self-test has passed: one whose arithmetic is wrong
 * takes no job. Which of them start is for {@code dartboard.roles} to say; the health pages show those alone.
 */
@Singleton
public class Machines {
    private static final Logger LOG = LoggerFactory.getLogger(Machines.class);

    private final ServiceIdentity service;
    private final PipelineConfig config;
    private final KafkaSettings kafka;
    private final TopicAdmin topics;
    private final ToldSchemas schemas;
    private final HealthBoard health;
    private final Lifecycle lifecycle;
    private final EventMeters meters;
    private final Instance<JobTools> tools;
    private final Set<Role> roles;

    Machines(
            ServiceIdentity service,
            PipelineConfig config,
            KafkaSettings kafka,
            TopicAdmin topics,
            ToldSchemas schemas,
            HealthBoard health,
            Lifecycle lifecycle,
            EventMeters meters,
            Instance<JobTools> tools) {
        this.service = service;
        this.config = config;
        this.kafka = kafka;
        this.topics = topics;
        this.schemas = schemas;
        this.health = health;
        this.lifecycle = lifecycle;
        this.meters = meters;
        this.tools = tools;
        this.roles = Role.of(config);
    }

    /** True if this process has the role. */
    public boolean has(Role role) {
        return roles.contains(role);
    }

    /** Starts the planner where the process has that role. */
    public void plan(Decider decider) {
        plan("planner", service.name(), decider);
    }

    /** Starts a second planner of the service, which decides on facts of its own and has a state of its own. */
    public void planToo(String about, Decider decider) {
        plan(about + " planner", service.name() + "-" + about, decider);
    }

    private void plan(String title, String name, Decider decider) {
        if (!has(Role.PLANNER)) {
            return;
        }
        meters.of(decider);
        var planner = lifecycle.closeAtEnd(
                title,
                new PlannerStreams(
                        name,
                        service.version(),
                        decider,
                        meters,
                        schemas,
                        kafka,
                        config.workDir().resolve("streams"),
                        config.planner().stallTimeout(),
                        this::prepareTopics));
        health.ready(title, planner::trouble);
        planner.start();
    }

    /** What is told is readable by whoever is older: nothing before the schemas. */
    private void prepareTopics() {
        topics.ensureNow(Topics.ALL);
        schemas.awaitTold();
    }

    /**
     * Starts one worker per device once the self-test has passed on all of them, where the process has that role. The test
     * runs in the background, so that the health pages are there meanwhile. A GPU that cannot be used is done without where
     * the processor is among the devices, and the readiness page says so; else no worker starts.
     *
     * @param runners makes what does the jobs; asked only if there is a worker
     * @param selfTest of a device; empty if all is well, else one line with what is wrong
     */
    public <J extends SpecificRecord> void work(
            JobKind<J> kind, Supplier<? extends JobRunner<J>> runners, SelfTest selfTest) {
        if (!has(Role.WORKER)) {
            return;
        }
        var verdict = new AtomicReference<>(DeviceTrial.RUNNING);
        health.started("self-test", () -> Objects.requireNonNull(verdict.get()).trouble());
        health.note("devices", () -> Objects.requireNonNull(verdict.get()).note());
        var devices = tools.get().settings().devices();
        tools.get().meters().expect(kind.stages(), kind.topic().name(), devices);
        var runner = runners.get();
        var workers = new CopyOnWriteArrayList<JobWorker<J>>();
        for (var device : devices) {
            workers.add(new JobWorker<>(tools.get(), kind, runner, device, workers.size()));
        }
        lifecycle.closeAtEnd("workers", () -> closeTogether(workers));
        health.ready("worker", () -> first(workers, JobWorker::trouble));
        health.live("training", () -> first(workers, JobWorker::stalled));
        var thread = new Thread(
                () -> {
                    var trial = DeviceTrial.of(selfTest, devices);
                    if (trial.trouble().isEmpty()) {
                        workers.removeIf(worker -> !trial.usable().contains(worker.device()));
                    }
                    verdict.set(trial);
                    trial.note().ifPresent(LOG::warn);
                    trial.trouble()
                            .ifPresentOrElse(
                                    trouble -> LOG.error("takes no jobs: the self-test failed: {}", trouble), () -> {
                                        schemas.awaitTold();
                                        workers.forEach(JobWorker::start);
                                    });
                },
                service.name() + "-self-test");
        thread.setDaemon(true);
        thread.start();
    }

    /** All at once: each may need its grace to write a checkpoint. */
    private static void closeTogether(List<? extends JobWorker<?>> workers) throws InterruptedException {
        var closers = workers.stream()
                .map(worker -> new Thread(worker::close, "close-worker"))
                .toList();
        closers.forEach(Thread::start);
        for (var closer : closers) {
            closer.join();
        }
    }

    private static <J extends SpecificRecord> Optional<String> first(
            List<JobWorker<J>> workers, Function<JobWorker<J>, Optional<String>> trouble) {
        return workers.stream().map(trouble).flatMap(Optional::stream).findFirst();
    }

    /** Shows, before the first job, that a service's arithmetic is right. */
    @FunctionalInterface
    public interface SelfTest {
        /** Empty if all is well on a device, else one line with what is wrong. */
        Optional<String> on(String device) throws Exception;

        /** One line with what keeps a device from being used at all; empty if nothing does. Asked before {@link #on}. */
        default Optional<String> unusable(String device) {
            return Optional.empty();
        }
    }
}
