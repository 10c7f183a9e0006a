package io.dartboard.local.chaos;

import io.dartboard.local.home.Instance;
import io.dartboard.local.home.Member;
import io.dartboard.local.home.Ports;
import io.dartboard.local.launch.Launcher;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Lets the faults of a schedule strike and undoes each in time. It also is what keeps processes alive on a real cluster: one
 * that has ended is started again, one that says of itself that it should be replaced is replaced.
 *
 * <p>Confined to one thread, but for what takes long, which it hands to another.
 */
final class Storm implements AutoCloseable {
    private static final Instance STACK = Instance.first(Member.STACK);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    private static final int NOT_ALIVE = 503;

    private final Ports ports;
    private final Launcher launcher;
    private final FaultyStore store;
    private final RecordFaults records;
    private final Witness witness;
    private final LeaseFiles leases;
    private final Consumer<String> log;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final ExecutorService slow = Executors.newCachedThreadPool(work -> {
        var thread = new Thread(work, "storm");
        thread.setDaemon(true);
        return thread;
    });
    private final List<Undo> undos = new ArrayList<>();
    private final Map<FaultKind, Integer> struck = new EnumMap<>(FaultKind.class);
    private final Set<Instance> unwell = ConcurrentHashMap.newKeySet();
    private final Map<Instance, Integer> endedAlone = new LinkedHashMap<>();
    private Instant nextLook = Instant.EPOCH;

    Storm(Ports ports, Launcher launcher, FaultyStore store, Witness witness, LeaseFiles leases, Consumer<String> log) {
        this.ports = ports;
        this.launcher = launcher;
        this.store = store;
        this.records = new RecordFaults(ports.bootstrapServers());
        this.witness = witness;
        this.leases = leases;
        this.log = log;
    }

    /** What must be done to end a fault; about a process, or the store where there is none. */
    private record Undo(Instant at, Set<Instance> about, boolean ofStore, Runnable what) {}

    /** Faults that struck, by kind. */
    Map<FaultKind, Integer> struck() {
        return new EnumMap<>(struck);
    }

    /** Processes that ended though nobody killed them, or that said they should be replaced, and how often. */
    Map<Instance, Integer> endedAlone() {
        return new LinkedHashMap<>(endedAlone);
    }

    /** Lets one fault strike; passes where there is nothing that it could strike. */
    void strike(Strike strike) {
        var kind = strike.kind();
        switch (kind) {
            case KILL -> onProcess(strike, ports.serviceInstances(), this::kill);
            case KILL_BROKER -> onProcess(strike, List.of(STACK), this::kill);
            case FREEZE -> onProcess(strike, ports.instances(), this::freeze);
            case DISK_FULL -> onProcess(strike, ports.serviceInstances(), this::fillDisk);
            case STORE_SLOW, STORE_ERRORS, STORE_CUTS, STORE_LIES, STORE_AWAY -> onStore(strike);
            case DUPLICATES, REORDERED, LATE, GARBAGE -> onRecords(strike);
        }
    }

    /** Ends what has lasted long enough, and starts again what has ended; to be called several times a second. */
    void attend() {
        var now = Instant.now();
        for (var undo : List.copyOf(undos)) {
            if (!undo.at.isAfter(now)) {
                end(undo);
            }
        }
        if (nextLook.isBefore(now)) {
            nextLook = now.plus(LOOK_EVERY);
            look();
        }
        for (var instance : launcher.died()) {
            if (!busy().contains(instance)) {
                unwell.remove(instance);
                endedAlone.merge(instance, 1, Integer::sum);
                log.accept("%s has ended on its own; it is started again".formatted(instance.id()));
                launcher.begin(instance);
            }
        }
    }

    /** Ends all faults. */
    void calm() {
        List.copyOf(undos).forEach(this::end);
    }

    /** Does something that takes long beside; what goes wrong is told in one line. */
    void beside(String what, Runnable work) {
        slow.execute(() -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                log.accept("%s: %s".formatted(what, e.getMessage()));
            }
        });
    }

    @Override
    public void close() {
        calm();
        slow.shutdown();
        try {
            if (!slow.awaitTermination(10, TimeUnit.SECONDS)) {
                slow.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @FunctionalInterface
    private interface OnProcess {
        void strike(Strike strike, Instance instance, ProcessHandle process);
    }

    private void onProcess(Strike strike, List<Instance> among, OnProcess fault) {
        var busy = busy();
        var fitting = among.stream()
                .filter(instance -> !busy.contains(instance))
                .filter(instance -> launcher.process(instance).isPresent())
                .toList();
        if (fitting.isEmpty()) {
            return;
        }
        var instance = fitting.get((int) (strike.target() * fitting.size()));
        launcher.process(instance).ifPresent(process -> {
            count(strike.kind());
            fault.strike(strike, instance, process);
        });
    }

    private void kill(Strike strike, Instance instance, ProcessHandle process) {
        var held = held(process);
        var now = Instant.now();
        process.destroyForcibly();
        process.onExit().join();
        if (instance.equals(STACK)) {
            witness.brokerKilled(instance.id(), now);
        } else {
            witness.killed(instance.id(), now, held);
        }
        log.accept("kill -9 %s (process %d)%s; it is started again after %s"
                .formatted(
                        instance.id(),
                        process.pid(),
                        held.isEmpty() ? "" : " at " + String.join(", ", held),
                        seconds(strike.lasts())));
        undo(strike, Set.of(instance), () -> launcher.begin(instance));
    }

    private void freeze(Strike strike, Instance instance, ProcessHandle process) {
        ProcessFaults.freeze(process);
        log.accept("SIGSTOP %s (process %d) for %s".formatted(instance.id(), process.pid(), seconds(strike.lasts())));
        undo(strike, Set.of(instance), () -> {
            ProcessFaults.thaw(process);
            log.accept("SIGCONT %s".formatted(instance.id()));
        });
    }

    private void fillDisk(Strike strike, Instance instance, ProcessHandle process) {
        var bytes = new Random(strike.seed()).nextBoolean() ? 0L : 16L << 10;
        ProcessFaults.fillDisk(process, bytes);
        log.accept("disk full for %s (process %d): no file beyond %d bytes, for %s"
                .formatted(instance.id(), process.pid(), bytes, seconds(strike.lasts())));
        undo(strike, Set.of(instance), () -> {
            ProcessFaults.freeDisk(process);
            log.accept("the disk of %s has room again".formatted(instance.id()));
        });
    }

    private void onStore(Strike strike) {
        undos.stream().filter(Undo::ofStore).toList().forEach(this::end);
        var share = 0.2 + 0.8 * new Random(strike.seed()).nextDouble();
        count(strike.kind());
        store.begin(strike.kind(), share, strike.seed());
        log.accept(
                strike.kind() == FaultKind.STORE_AWAY
                        ? "%s for %s".formatted(strike.kind().title(), seconds(strike.lasts()))
                        : "%s, %.0f %% of requests, for %s"
                                .formatted(strike.kind().title(), 100 * share, seconds(strike.lasts())));
        undos.add(new Undo(Instant.now().plus(strike.lasts()), Set.of(), true, store::end));
    }

    private void onRecords(Strike strike) {
        count(strike.kind());
        beside(
                strike.kind().title(),
                () -> log.accept(
                        "%s: %s".formatted(strike.kind().title(), records.strike(strike.kind(), strike.seed()))));
    }

    private void count(FaultKind kind) {
        struck.merge(kind, 1, Integer::sum);
    }

    private void undo(Strike strike, Set<Instance> about, Runnable what) {
        undos.add(new Undo(Instant.now().plus(strike.lasts()), about, false, what));
    }

    private void end(Undo undo) {
        undos.remove(undo);
        undo.what.run();
    }

    private Set<Instance> busy() {
        var busy = new HashSet<Instance>();
        undos.forEach(undo -> busy.addAll(undo.about));
        return busy;
    }

    /** The jobs that a process is at, by the leases. */
    private List<String> held(ProcessHandle process) {
        // Workers sign with their service, host and process.
        var signature = Pattern.compile("-%d\\b".formatted(process.pid()));
        return witness.jobs(jobs -> jobs.stream()
                .filter(JobTrace::open)
                .filter(job -> leases.of(job.job())
                        .filter(lease -> signature.matcher(lease.holder()).find())
                        .isPresent())
                .map(JobTrace::job)
                .toList());
    }

    /** Kills what says that it should be replaced, as an orchestrator does. */
    private void look() {
        var busy = busy();
        for (var instance : ports.serviceInstances()) {
            if (busy.contains(instance)) {
                continue;
            }
            launcher.process(instance)
                    .ifPresent(process -> beside("health of " + instance.id(), () -> {
                        if (!alive(instance) && unwell.add(instance)) {
                            log.accept("%s says that it should be replaced; it is".formatted(instance.id()));
                            process.destroyForcibly();
                        }
                    }));
        }
    }

    private boolean alive(Instance instance) {
        try {
            var request = HttpRequest.newBuilder(URI.create(ports.managementAddress(instance) + "/q/health/live"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() != NOT_ALIVE;
        } catch (IOException e) {
            return true; // Starting, or overwhelmed: no word is no word against it.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static String seconds(Duration duration) {
        return "%.1f s".formatted(duration.toMillis() / 1e3);
    }
}
