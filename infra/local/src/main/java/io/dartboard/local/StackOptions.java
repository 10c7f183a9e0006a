package io.dartboard.local;

import io.dartboard.local.home.Home;
import io.dartboard.local.home.Instance;
import io.dartboard.local.home.Member;
import io.dartboard.local.home.Ports;
import io.dartboard.local.launch.Launch;
import io.dartboard.local.launch.LaunchProgress;
import io.dartboard.local.launch.Launcher;
import io.dartboard.local.show.CardPlaces;
import io.dartboard.local.show.Terminal;
import io.dartboard.pipeline.config.KafkaSettings;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which local stack a command is about. */
final class StackOptions {
    private static final String REPOSITORY = "DARTBOARD_REPOSITORY";
    private static final int MOST_JOBS_AT_ONCE = 3;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Folder of the stack (default: $DARTBOARD_HOME, or .dartboard in the repository).")
    private @Nullable Path home;

    @Option(
            names = "--port-base",
            paramLabel = "N",
            description =
                    "Use ports N to N+24, and 30 more for each further worker, instead of 9092, 9000, 8081-8084 and 9081-9084 (default: $DARTBOARD_PORT_BASE).")
    private @Nullable Integer portBase;

    private final Terminal terminal;

    StackOptions(Terminal terminal) {
        this.terminal = terminal;
    }

    Terminal terminal() {
        return terminal;
    }

    Home home() {
        if (home != null) {
            return new Home(home);
        }
        return environment("DARTBOARD_HOME")
                .map(folder -> new Home(Path.of(folder)))
                .orElseGet(() -> new Home(repository().resolve(".dartboard")));
    }

    /** Those named now, or those that the stack was started with, or the usual ones. */
    Ports ports() {
        return withWorkers(null);
    }

    /** The same, for so many processes of each service that trains, if that is given. */
    Ports withWorkers(@Nullable Integer workers) {
        var ports = chosen();
        if (workers == null || workers == ports.workers()) {
            return ports;
        }
        var wanted = ports.withWorkers(workers);
        var surplus = ports.instances().stream()
                .filter(instance -> instance.number() > workers)
                .filter(instance -> new Launcher(home(), ports, launch(), new LaunchLines(terminal))
                        .process(instance)
                        .isPresent())
                .findFirst();
        if (surplus.isPresent()) {
            throw CommandFailure.badInput("the stack in %s runs %s; take it down first, with infra/run down"
                    .formatted(home().root(), surplus.get().id()));
        }
        return wanted;
    }

    private Ports chosen() {
        var stored = Ports.read(home());
        var base = portBase != null
                ? Optional.of(portBase)
                : environment("DARTBOARD_PORT_BASE").map(StackOptions::number);
        if (base.isEmpty()) {
            return stored.orElseGet(Ports::standard);
        }
        var asked = Ports.from(base.get());
        if (stored.isPresent() && stored.get().kafka() != asked.kafka() && running()) {
            throw CommandFailure.badInput("the stack in %s runs with other ports (Kafka on %d); take it down first"
                    .formatted(home().root(), stored.get().kafka()));
        }
        return stored.filter(used -> used.kafka() == asked.kafka()).orElse(asked);
    }

    KafkaSettings kafka() {
        return KafkaSettings.at(ports().bootstrapServers());
    }

    Launcher launcher(LaunchProgress progress) {
        return new Launcher(home(), ports(), launch(), progress);
    }

    Launcher launcher(@Nullable Integer workers) {
        return new Launcher(home(), withWorkers(workers), launch(), new LaunchLines(terminal));
    }

    Launcher launcher() {
        return launcher(new LaunchLines(terminal));
    }

    /** @throws CommandFailure if the broker does not run */
    StackOptions requireRunning() {
        if (!running()) {
            throw CommandFailure.environment(
                    "the stack in %s is not running; start it with: infra/run up".formatted(home().root()));
        }
        return this;
    }

    SearchApi api() {
        return new SearchApi(ports().restAddress(Member.SEARCH));
    }

    CardPlaces places(String run) {
        return new CardPlaces(
                home().run(run).resolve("cell.svg"),
                home().credentialsFile(),
                ports().s3Endpoint(),
                ports().restAddress(Member.SEARCH));
    }

    private boolean running() {
        var stored = Ports.read(home()).orElseGet(Ports::standard);
        return new Launcher(home(), stored, launch(), new LaunchLines(terminal))
                .process(Instance.first(Member.STACK))
                .isPresent();
    }

    static Launch launch() {
        // The jobs of a demonstration are small: several with few threads each get further than one with many, whose
        // team
        // waits for its slowest at every operation.
        var cores = Runtime.getRuntime().availableProcessors();
        var jobs = Math.min(cores, MOST_JOBS_AT_ONCE);
        var threads = environment("DARTBOARD_THREADS").map(StackOptions::number).orElse(cores / jobs);
        var devices = environment("DARTBOARD_DEVICES").orElse(String.join(",", Collections.nCopies(jobs, "cpu")));
        return new Launch(repository(), devices, threads);
    }

    static Path repository() {
        return Path.of(environment(REPOSITORY).orElse("")).toAbsolutePath().normalize();
    }

    private static Optional<String> environment(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
    }

    private static Integer number(String text) {
        try {
            return Integer.valueOf(text.strip());
        } catch (NumberFormatException e) {
            throw CommandFailure.badInput("'%s' is not a whole number".formatted(text));
        }
    }
}
