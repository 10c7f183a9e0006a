package io.dartboard.local.chaos;

import io.dartboard.local.home.Home;
import io.dartboard.local.home.Instance;
import io.dartboard.local.home.Member;
import io.dartboard.local.home.Ports;
import io.dartboard.local.launch.Artifacts;
import io.dartboard.local.launch.Launch;
import io.dartboard.local.launch.LaunchProgress;
import io.dartboard.local.launch.Launcher;
import io.dartboard.local.launch.StackFailure;
import io.dartboard.local.show.Terminal;
import io.dartboard.pipeline.config.KafkaSettings;
import io.dartboard.pipeline.view.RunState;
import io.dartboard.pipeline.view.RunView;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Chaos from beginning to end, on a stack of its own: undisturbed runs that tell what is right, then faults and requests for
 * as long as planned, then calm in which all must end, then the report.
 */
public final class ChaosRun {
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration REFERENCE_PATIENCE = Duration.ofMinutes(10);
    private static final Duration SYNC_PATIENCE = Duration.ofSeconds(60);
    private static final Duration RESUME_EVERY = Duration.ofSeconds(5);
    /** Many small processes, which start often: what compiles less starts sooner, and tensors are not Java's work. */
    private static final String SERVICE_HEAP = "-Xmx384m";

    private static final List<String> JAVA_OPTIONS = List.of("-XX:TieredStopAtLevel=1");

    /** Tiny jobs last seconds: what takes minutes with large ones shall be seen in theirs. */
    private static final Map<String, String> SETTINGS = Map.of(
            "DARTBOARD_JOB_LEASE", "6s",
            "DARTBOARD_JOB_PROGRESS_INTERVAL", "200ms",
            "DARTBOARD_JOB_RETRY_BACKOFF", "1s",
            "DARTBOARD_JOB_STALL_TIMEOUT", "60s",
            "DARTBOARD_CHECKPOINT_INTERVAL", "2s");

    private final ChaosPlan plan;
    private final Home home;
    private final Ports ports;
    private final Launcher launcher;
    private final Door door;
    private final FaultyStore store;
    private final Terminal terminal;
    private final Instant began = Instant.now();
    private boolean ending;

    /**
     * Prepares; nothing is started yet.
     *
     * @param home folder of the stack, which must be chaos's own
     * @param repository where the services have been built
     * @param door opens REST at an address
     */
    public ChaosRun(
            ChaosPlan plan,
            Home home,
            Path repository,
            Function<String, Door> door,
            LaunchProgress progress,
            Terminal terminal) {
        ProcessFaults.require();
        this.plan = plan;
        this.home = home.create();
        this.ports = Ports.free(plan.workers());
        this.store = new FaultyStore(Ports.free(1).s3(), ports.s3());
        var settings = new LinkedHashMap<>(SETTINGS);
        settings.put("DARTBOARD_S3_ENDPOINT", store.endpoint());
        this.launcher = new Launcher(
                home, ports, new Launch(repository, "cpu", 1, SERVICE_HEAP, JAVA_OPTIONS, settings), progress);
        this.door = door.apply(ports.restAddress(Member.SEARCH));
        this.terminal = terminal;
    }

    /**
     * Runs it; the stack is down when it returns, whatever happens.
     *
     * @throws StackFailure if the stack does not start, or the undisturbed runs do not succeed
     */
    public ChaosReport run() throws InterruptedException {
        // Whoever is told to end takes the stack along, and starts nothing again meanwhile.
        var farewell = new Thread(this::end, "chaos-farewell");
        Runtime.getRuntime().addShutdownHook(farewell);
        try (store) {
            say("starting the stack in %s".formatted(home.root()));
            launcher.up(Instance.all(1).toList());
            ports.serviceInstances().stream().filter(Instance::worksOnly).forEach(launcher::begin);
            try (var witness = new Witness(KafkaSettings.at(ports.bootstrapServers()))) {
                return reign(witness);
            }
        } finally {
            if (end()) {
                Runtime.getRuntime().removeShutdownHook(farewell);
            }
        }
    }

    /** Takes the stack down, once; true for the first who asks. */
    private boolean end() {
        synchronized (this) {
            if (ending) {
                return false;
            }
            ending = true;
        }
        launcher.down();
        return true;
    }

    private synchronized void attend(Storm storm) {
        if (ending) {
            throw new StackFailure("chaos was told to end");
        }
        storm.attend();
    }

    private ChaosReport reign(Witness witness) throws InterruptedException {
        ChaosData.publish(home, door);
        var twins = new TwinRuns(plan.seed(), plan.methods());
        var references = references(twins, witness);
        var undisturbed = new HashSet<String>();
        witness.runs().forEach(view -> undisturbed.add(view.run()));
        launcher.awaitReady();
        var leases = new LeaseFiles(home.objects().resolve(Artifacts.BUCKET));
        var requests = new RequestStream(twins, door, witness, plan.seed() + 1, plan.runsAtOnce());
        try (var storm = new Storm(ports, launcher, store, witness, leases, this::say)) {
            blow(storm, requests);
            say("the faults end; all runs shall end within %d s"
                    .formatted(plan.settle().toSeconds()));
            storm.calm();
            settle(storm, requests, witness);
            if (!witness.sync(SYNC_PATIENCE)) {
                throw new StackFailure("the broker does not answer after all faults have ended; see %s"
                        .formatted(home.log(Instance.first(Member.STACK))));
            }
            var figures = Figures.of(witness, leases, storm.struck(), undisturbed);
            return report(storm, requests, witness, references, figures, undisturbed);
        }
    }

    private void blow(Storm storm, RequestStream requests) throws InterruptedException {
        var schedule = new ArrayList<>(
                FaultSchedule.draw(plan.seed(), plan.length(), plan.betweenFaults(), plan.longestFault()));
        say("chaos begins: %d faults within %d s"
                .formatted(schedule.size(), plan.length().toSeconds()));
        var start = Instant.now();
        var nextRequest = start;
        while (Duration.between(start, Instant.now()).compareTo(plan.length()) < 0) {
            attend(storm);
            while (!schedule.isEmpty() && !start.plus(schedule.get(0).at()).isAfter(Instant.now())) {
                storm.strike(schedule.remove(0));
            }
            if (!nextRequest.isAfter(Instant.now())) {
                nextRequest = nextRequest.plus(plan.betweenRequests());
                storm.beside("request", () -> requests.step().ifPresent(this::say));
            }
            Thread.sleep(TICK.toMillis());
        }
    }

    private void settle(Storm storm, RequestStream requests, Witness witness) throws InterruptedException {
        var until = Instant.now().plus(plan.settle());
        var nextResume = Instant.now();
        while (Instant.now().isBefore(until)) {
            attend(storm);
            if (!nextResume.isAfter(Instant.now())) {
                nextResume = Instant.now().plus(RESUME_EVERY);
                requests.resumeAll();
                if (witness.sync(RESUME_EVERY)
                        && witness.runs().stream().allMatch(view -> view.state().ended())) {
                    say("all runs have ended");
                    return;
                }
            }
            Thread.sleep(TICK.toMillis());
        }
        say("not all runs have ended in time");
    }

    /** What each family comes to when nobody disturbs it. */
    private Map<String, String> references(TwinRuns twins, Witness witness) throws InterruptedException {
        var runs = new ArrayList<String>();
        for (var family = 0; family < twins.families(); family++) {
            runs.add(door.ask(twins.twin(family, 0)));
        }
        say("undisturbed: %s".formatted(String.join(", ", runs)));
        var references = new LinkedHashMap<String, String>();
        for (var run : runs) {
            var until = Instant.now().plus(REFERENCE_PATIENCE);
            var view = witness.run(run);
            while (view.filter(known -> known.state().ended()).isEmpty()) {
                if (Instant.now().isAfter(until)) {
                    throw new StackFailure("run %s has not ended undisturbed within %d s; the logs are in %s"
                            .formatted(run, REFERENCE_PATIENCE.toSeconds(), home.logs()));
                }
                Thread.sleep(TICK.toMillis());
                view = witness.run(run);
            }
            witness.sync(SYNC_PATIENCE);
            var ended = witness.run(run).orElseThrow();
            if (ended.state() != RunState.SUCCEEDED) {
                throw new StackFailure("run %s came to %s undisturbed: %s; the logs are in %s"
                        .formatted(run, ended.state(), ended.reason(), home.logs()));
            }
            references.put(Promises.family(ended), Promises.outcome(ended));
        }
        return references;
    }

    private ChaosReport report(
            Storm storm,
            RequestStream requests,
            Witness witness,
            Map<String, String> references,
            Figures figures,
            Set<String> undisturbed) {
        try (var direct = Artifacts.store(home, ports)) {
            var runs = new EnumMap<RunState, Long>(RunState.class);
            witness.runs().stream()
                    .filter(view -> !undisturbed.contains(view.run()))
                    .map(RunView::state)
                    .forEach(state -> runs.merge(state, 1L, Long::sum));
            return new ChaosReport(
                    plan,
                    storm.struck(),
                    store.spoiled(),
                    storm.endedAlone(),
                    requests.counts(),
                    runs,
                    figures,
                    new Promises(witness, direct, references, figures).all(),
                    home.logs());
        }
    }

    private void say(String line) {
        terminal.line(String.format(
                Locale.ROOT,
                "%7.1f s  %s",
                Duration.between(began, Instant.now()).toMillis() / 1e3,
                line));
    }
}
