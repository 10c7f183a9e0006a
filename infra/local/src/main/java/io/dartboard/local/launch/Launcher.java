package io.dartboard.local.launch;

import io.dartboard.local.home.Home;
import io.dartboard.local.home.Instance;
import io.dartboard.local.home.Member;
import io.dartboard.local.home.Ports;
import io.dartboard.pipeline.artifact.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Brings the processes of a local stack up and down. Each is an operating-system process of its own that outlives this one;
 * pid files tell later commands of them. Whatever already runs is left alone, so to bring up is also to repair.
 */
public final class Launcher {
    private static final Instance STACK = Instance.first(Member.STACK);
    private static final Duration STACK_PATIENCE = Duration.ofMinutes(2);
    private static final Duration SERVICE_PATIENCE = Duration.ofMinutes(5);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(45);
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final int LOG_LINES = 8;

    private final Home home;
    private final Ports ports;
    private final Launch launch;
    private final LaunchProgress progress;
    private final Health health = new Health();

    public Launcher(Home home, Ports ports, Launch launch, LaunchProgress progress) {
        this.home = home;
        this.ports = ports;
        this.launch = launch;
        this.progress = progress;
    }

    /**
     * Starts what does not run and returns when all are ready.
     *
     * @throws StackFailure if a package is missing, a port is taken, or a process ends or does not get ready
     */
    public void up() {
        up(ports.instances());
    }

    /** The same for some of the processes. */
    public void up(List<Instance> wanted) {
        var missing = launch.missing();
        if (!missing.isEmpty()) {
            throw new StackFailure(
                    "%s is not built: %s is missing; run infra/run, which builds it, or mvn -Dfast -DskipTests package"
                            .formatted(missing.get(0).id(), launch.jar(missing.get(0))));
        }
        home.create();
        var absent =
                wanted.stream().filter(instance -> process(instance).isEmpty()).toList();
        absent.forEach(this::requireFreePorts);
        ports.write(home);
        if (absent.contains(STACK)) {
            start(STACK);
        }
        awaitReady(List.of(STACK), STACK_PATIENCE);
        var services =
                wanted.stream().filter(instance -> !instance.equals(STACK)).toList();
        services.stream().filter(absent::contains).forEach(this::start);
        awaitReady(services, SERVICE_PATIENCE);
    }

    /** Returns when all services are ready. */
    public void awaitReady() {
        awaitReady(ports.serviceInstances(), SERVICE_PATIENCE);
    }

    /** Stops what runs, services first; a service that does not end in time is killed. */
    public void down() {
        var services = ports.serviceInstances();
        services.forEach(this::terminate);
        services.forEach(this::awaitEnd);
        terminate(STACK);
        awaitEnd(STACK);
    }

    /** Stops one process and starts it again. */
    public void restart(Instance instance) {
        terminate(instance);
        awaitEnd(instance);
        requireFreePorts(instance);
        start(instance);
        awaitReady(List.of(instance), instance.equals(STACK) ? STACK_PATIENCE : SERVICE_PATIENCE);
    }

    /** Starts a process that does not run and waits for nothing. */
    public void begin(Instance instance) {
        if (process(instance).isEmpty()) {
            start(instance);
        }
    }

    /** The process, if it lives. */
    public Optional<ProcessHandle> process(Instance instance) {
        return new PidFile(home, instance).process();
    }

    /** Processes that were started and have ended without being told to. */
    public List<Instance> died() {
        return standings().stream()
                .filter(standing -> standing.life() == ProcessStanding.Life.DIED)
                .map(ProcessStanding::instance)
                .toList();
    }

    /** How each process stands, in the order in which they start. */
    public List<ProcessStanding> standings() {
        return ports.instances().stream().map(this::standingOf).toList();
    }

    private ProcessStanding standingOf(Instance instance) {
        var file = new PidFile(home, instance);
        if (file.process().isPresent()) {
            return new ProcessStanding(
                    instance, ProcessStanding.Life.UP, file.began().orElse(Instant.EPOCH));
        }
        var toldToEnd = file.toldToEnd();
        if (toldToEnd.isPresent()) {
            return new ProcessStanding(instance, ProcessStanding.Life.STOPPED, toldToEnd.get());
        }
        return file.exists()
                ? new ProcessStanding(instance, ProcessStanding.Life.DIED, new ServiceLog(home, instance).lastWritten())
                : new ProcessStanding(instance, ProcessStanding.Life.ABSENT, Instant.EPOCH);
    }

    /** One line on a process's health: ready, or why not. */
    public String standing(Instance instance) {
        return switch (standingOf(instance).life()) {
            case UP -> ready(instance).orElse("ready");
            case ABSENT -> "not started";
            case STOPPED -> "was stopped";
            case DIED -> "has ended on its own";
        };
    }

    /** Removes the stack's folder; nothing of the stack may run. */
    public static void purge(Home home) {
        try {
            Folders.remove(home.root());
        } catch (IOException e) {
            throw new StackFailure("cannot remove %s: %s".formatted(home.root(), e.getMessage()), e);
        }
    }

    private void requireFreePorts(Instance instance) {
        ports.of(instance).forEach((port, purpose) -> {
            if (Ports.taken(port)) {
                throw new StackFailure(
                        "port %d (%s) is in use by another process; stop that, or choose other ports with --port-base N, e.g. --port-base 19000"
                                .formatted(port, purpose));
            }
        });
    }

    private void start(Instance instance) {
        if (instance.equals(STACK)) {
            delete(Launch.readyFile(home));
        }
        // Whoever writes into its log turns it over by itself; this one nobody would.
        delete(home.output(instance));
        var command = new ArrayList<String>();
        // A session of its own: Ctrl-C on the command line does not reach it.
        detacher().ifPresent(command::add);
        command.addAll(launch.command(instance, home));
        var builder = new ProcessBuilder(command)
                .directory(home.root().toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(home.output(instance).toFile()));
        builder.environment().keySet().removeIf(Launcher::ofTheCommandLine);
        builder.environment().putAll(launch.environment(instance, home, ports));
        try {
            new PidFile(home, instance).write(builder.start().toHandle());
        } catch (IOException e) {
            throw new StackFailure("cannot start %s: %s".formatted(instance.id(), e.getMessage()), e);
        }
    }

    private void awaitReady(List<Instance> instances, Duration patience) {
        var waiting = new ArrayList<>(instances);
        var began = System.nanoTime();
        while (true) {
            for (var instance : List.copyOf(waiting)) {
                var reason = ready(instance);
                if (reason.isEmpty()) {
                    waiting.remove(instance);
                    progress.ready(instance, sinceSeconds(began));
                } else if (process(instance).isEmpty()) {
                    throw new StackFailure(withLog("%s ended while starting".formatted(instance.id()), instance));
                } else {
                    progress.waiting(instance, reason.get(), sinceSeconds(began));
                }
            }
            if (waiting.isEmpty()) {
                return;
            }
            if (sinceSeconds(began) > patience.toSeconds()) {
                var late = waiting.get(0);
                throw new StackFailure(withLog(
                        "%s is not ready after %d s: %s"
                                .formatted(
                                        late.id(),
                                        patience.toSeconds(),
                                        ready(late).orElse("ready now")),
                        late));
            }
            pause();
        }
    }

    /** Empty when ready, otherwise why not. */
    private Optional<String> ready(Instance instance) {
        if (instance.equals(STACK)) {
            return Files.exists(Launch.readyFile(home)) ? Optional.empty() : Optional.of("starting");
        }
        var answer = health.ask(instance, ports);
        return answer.ready() ? Optional.empty() : Optional.of(answer.reason());
    }

    private String withLog(String what, Instance instance) {
        var lines = new ServiceLog(home, instance)
                .linesThatMatter("", new PidFile(home, instance).began().orElse(Instant.EPOCH), LOG_LINES);
        var log = home.log(instance);
        return lines.isEmpty()
                ? "%s; its log says no more: %s".formatted(what, log)
                : "%s; from %s:%n  %s".formatted(what, log, String.join(System.lineSeparator() + "  ", lines));
    }

    private void terminate(Instance instance) {
        process(instance).ifPresent(process -> {
            new PidFile(home, instance).tellToEnd(Clock.systemUTC().instant());
            process.destroy();
        });
    }

    private void awaitEnd(Instance instance) {
        var running = process(instance);
        if (running.isPresent()) {
            progress.stopping(instance);
            try {
                running.get().onExit().get(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                progress.killing(instance, STOP_PATIENCE.toSeconds());
                running.get().destroyForcibly();
                running.get().onExit().join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StackFailure("interrupted while stopping " + instance.id(), e);
            } catch (ExecutionException e) {
                throw new StackFailure("cannot wait for %s to end: %s".formatted(instance.id(), e.getMessage()), e);
            }
        }
        if (instance.equals(STACK)) {
            delete(Launch.readyFile(home));
        }
        new PidFile(home, instance).delete();
    }

    private static Optional<String> detacher() {
        return Stream.of("/usr/bin/setsid", "/bin/setsid")
                .filter(path -> Files.isExecutable(Path.of(path)))
                .findFirst();
    }

    /** What steers the command line is no option of a service. */
    private static boolean ofTheCommandLine(String variable) {
        return Set.of("DARTBOARD_HOME", "DARTBOARD_REPOSITORY", "DARTBOARD_PORT_BASE", "DARTBOARD_JAVA_OPTS")
                .contains(variable);
    }

    private static long sinceSeconds(long began) {
        return Duration.ofNanos(System.nanoTime() - began).toSeconds();
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackFailure("interrupted", e);
        }
    }
}
