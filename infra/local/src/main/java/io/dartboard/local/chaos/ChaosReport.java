package io.dartboard.local.chaos;

import io.dartboard.local.home.Instance;
import io.dartboard.local.show.Terminal;
import io.dartboard.pipeline.view.RunState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What chaos came to.
 *
 * @param plan by which it went
 * @param struck faults by kind
 * @param spoiledRequests requests to the store that were spoiled
 * @param endedAlone processes that ended though nobody killed them, and how often
 * @param requests by kind
 * @param runs by outcome
 * @param figures the numbers
 * @param checks what must hold
 * @param logs where each process has told its story
 */
public record ChaosReport(
        ChaosPlan plan,
        Map<FaultKind, Integer> struck,
        long spoiledRequests,
        Map<Instance, Integer> endedAlone,
        Map<String, String> requests,
        Map<RunState, Long> runs,
        Figures figures,
        List<Promise> checks,
        Path logs) {
    private static final int MOST_LINES = 20;

    /** True if all that must hold does. */
    public boolean holds() {
        return checks.stream().allMatch(Promise::holds);
    }

    /** Tells it all. */
    public void show(Terminal terminal) {
        terminal.line("");
        terminal.line(terminal.bold("Chaos of seed %d, %s, %d workers of each kind"
                .formatted(plan.seed(), seconds(plan.length()), plan.workers())));
        terminal.line("");
        terminal.line(terminal.bold("Faults") + "  %d".formatted(figures.faults()));
        struck.forEach((kind, count) -> terminal.line("  %-44s %5d".formatted(kind.title(), count)));
        terminal.line("  %-44s %5d".formatted("requests to the store that were spoiled", spoiledRequests));
        endedAlone.forEach((instance, count) ->
                terminal.line("  %-44s %5d".formatted("%s ended on its own".formatted(instance.id()), count)));
        terminal.line("");
        terminal.line(terminal.bold("Requests"));
        requests.forEach((kind, count) -> terminal.line("  %-44s %5s".formatted(kind, count)));
        terminal.line("");
        terminal.line(terminal.bold("Runs"));
        runs.forEach((state, count) ->
                terminal.line("  %-44s %5d".formatted(state.name().toLowerCase(Locale.ROOT), count)));
        terminal.line("");
        terminal.line(terminal.bold("Jobs"));
        line(terminal, "begun", "%d".formatted(figures.jobsBegun()));
        line(terminal, "redelivered", "%d".formatted(figures.redelivered()));
        line(terminal, "finished", "%d".formatted(figures.jobsFinished()));
        line(terminal, "steps done twice", "%d".formatted(figures.stepsDoneTwice()));
        line(
                terminal,
                "device seconds done twice",
                String.format(
                        Locale.ROOT,
                        "%.1f of %.1f, %.2f %%",
                        figures.secondsDoneTwice(),
                        figures.deviceSeconds(),
                        figures.percentDoneTwice()));
        line(terminal, "a killed worker's job lives again after", recovery(figures.workerRecoveries()));
        line(terminal, "a killed broker is back after", recovery(figures.brokerRecoveries()));
        if (!figures.unrecovered().isEmpty()) {
            line(terminal, "has not lived since its worker's kill", String.join(", ", figures.unrecovered()));
        }
        terminal.line("");
        terminal.line(terminal.bold("Promises"));
        checks.forEach(check -> tell(terminal, check));
        terminal.line("");
        terminal.line(
                holds()
                        ? terminal.green("all hold")
                        : terminal.red("%d of %d do not hold"
                                        .formatted(
                                                checks.stream()
                                                        .filter(check -> !check.holds())
                                                        .count(),
                                                checks.size()))
                                + "; the logs are in %s".formatted(logs));
    }

    private static void tell(Terminal terminal, Promise check) {
        terminal.line("  %s %s".formatted(check.holds() ? terminal.green("✓") : terminal.red("✗"), check.what()));
        check.broken().stream().limit(MOST_LINES).forEach(line -> terminal.line("      " + line));
        if (check.broken().size() > MOST_LINES) {
            terminal.line("      and %d more".formatted(check.broken().size() - MOST_LINES));
        }
    }

    private static void line(Terminal terminal, String what, String value) {
        terminal.line("  %-44s %5s".formatted(what, value));
    }

    private static String recovery(List<Duration> ascending) {
        return ascending.isEmpty()
                ? "none seen"
                : "%s at most, median %s of %d"
                        .formatted(
                                seconds(ascending.get(ascending.size() - 1)),
                                seconds(ascending.get(ascending.size() / 2)),
                                ascending.size());
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1e3);
    }
}
