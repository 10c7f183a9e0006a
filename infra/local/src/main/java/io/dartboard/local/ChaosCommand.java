package io.dartboard.local;

import io.dartboard.local.ask.SearchBy;
import io.dartboard.local.chaos.ChaosPlan;
import io.dartboard.local.chaos.ChaosRun;
import io.dartboard.local.home.Home;
import io.dartboard.local.home.Ports;
import io.dartboard.local.launch.Launcher;
import io.dartboard.local.show.Terminal;
import io.dartboard.nas.image.search.ImageSearch;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Breaks a stack of its own and tells whether the promises hold. */
@Command(
        name = "chaos",
        mixinStandardHelpOptions = true,
        description = {
            "Start a stack of its own, ask for tiny runs without end, and let faults strike at random: processes killed and"
                    + " frozen, the broker killed, the store slow, failing and lying, disks full, records repeated, reordered"
                    + " and spoiled.",
            "Then check that every run ended with a result or a reason, and with the result that it has undisturbed. Exits"
                    + " with 0 only if all checks hold. The user's stack is not touched."
        })
final class ChaosCommand implements Callable<Integer> {
    private static final String ALL = "all";
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(15);

    @Mixin
    private final StackOptions stack;

    @Option(names = "--seed", paramLabel = "S", required = true, description = "Of the faults and the requests.")
    private long seed;

    @Option(
            names = "--minutes",
            paramLabel = "M",
            required = true,
            description = "How long faults strike; starting, undisturbed runs and the end come beside.")
    private double minutes;

    @Option(
            names = "--workers",
            paramLabel = "N",
            defaultValue = "3",
            description = "Processes of each service that trains (default: ${DEFAULT-VALUE}).")
    private int workers;

    @Option(
            names = "--every",
            paramLabel = "S",
            defaultValue = "8",
            description = "Mean seconds between two faults (default: ${DEFAULT-VALUE}); more on a machine on which a"
                    + " process takes long to start.")
    private double every;

    @Option(
            names = "--methods",
            paramLabel = "NAMES",
            split = ",",
            description =
                    "Search by each of these methods in turn, by commas, or by all; infra/run methods shows them. Without"
                            + " it there are runs of every kind, by the first order of DARTS.")
    private List<String> methods = List.of();

    ChaosCommand(Terminal terminal) {
        stack = new StackOptions(terminal);
    }

    @Override
    public Integer call() throws InterruptedException {
        if (!(minutes > 0)) {
            throw CommandFailure.badInput("--minutes must be more than 0 (was %s)".formatted(minutes));
        }
        if (!(every >= 1)) {
            throw CommandFailure.badInput("--every must be at least 1 (was %s)".formatted(every));
        }
        Ports.requireWorkers(workers);
        var plan = ChaosPlan.of(seed, millis(minutes * 60_000), workers, millis(every * 1000), asked());
        var home = fresh();
        var report = new ChaosRun(
                        plan,
                        home,
                        StackOptions.repository(),
                        address -> new SearchApi(address, ANSWER_WITHIN),
                        new LaunchLines(stack.terminal()),
                        stack.terminal())
                .run();
        report.show(stack.terminal());
        return report.holds() ? Exit.OK : Exit.RUN_FAILED;
    }

    private List<String> asked() {
        if (methods.equals(List.of(ALL))) {
            return SearchBy.ids(ImageSearch.METHODS);
        }
        methods.forEach(id -> SearchBy.require(id, ImageSearch.METHODS));
        return methods;
    }

    private static Duration millis(double millis) {
        return Duration.ofMillis((long) millis);
    }

    /** A folder within the stack's; what an earlier chaos has left there goes. */
    private Home fresh() {
        var home = new Home(stack.home().root().resolve("chaos"));
        Ports.read(home).ifPresent(ports -> {
            var earlier = new Launcher(home, ports, StackOptions.launch(), new LaunchLines(stack.terminal()));
            if (ports.instances().stream()
                    .anyMatch(instance -> earlier.process(instance).isPresent())) {
                throw CommandFailure.environment(
                        "chaos runs in %s already; end that first, or name another folder with --home"
                                .formatted(home.root()));
            }
        });
        Launcher.purge(home);
        return home;
    }
}
