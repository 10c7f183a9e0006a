package io.dartboard.bench;

import java.io.PrintWriter;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Prints measurements for people: a line for each, then the engine's share of the plain network's. */
final class ResultTable {
    private final PrintWriter out;
    private final List<Measured> rows;

    ResultTable(PrintWriter out, List<Measured> rows) {
        this.out = out;
        this.rows = rows;
    }

    void print(boolean profile) {
        out.printf(
                "%-22s %9s %9s %9s %9s %11s %11s%n",
                "", "s/step", "fastest", rows.get(0).spec().unit() + "/s", "peak MiB", "operations", "with inner");
        for (Measured row : rows) {
            double median = Medians.of(row.seconds());
            out.printf(
                    Locale.ROOT,
                    "%-22s %9.2f %9.2f %9.2f %9d %11d %11d%n",
                    row.spec().title() + ", " + name(row),
                    median,
                    Collections.min(row.seconds()),
                    row.spec().examples() / median,
                    row.peak() >> 20,
                    row.operations(),
                    row.withInner());
        }
        for (Measured engine : rows) {
            if (engine.spec().network() == Network.ENGINE) {
                find(engine.spec().title(), Network.PLAIN)
                        .ifPresent(plain -> out.printf(
                                Locale.ROOT,
                                "%s: %.2f times as fast as plain, with %.0f %% of its peak memory, %.1f %% of its operations"
                                        + " (%.1f %% with inner ones)%n",
                                engine.spec().title(),
                                Medians.ratio(plain.seconds(), engine.seconds()),
                                100.0 * engine.peak() / plain.peak(),
                                100.0 * engine.operations() / plain.operations(),
                                100.0 * engine.withInner() / plain.withInner()));
            }
        }
        if (profile) {
            for (Measured row : rows) {
                out.printf(
                        "longest operations of %s, %s, in seconds, %d %s:%n",
                        row.spec().title(),
                        name(row),
                        row.spec().small().examples(),
                        row.spec().unit());
                row.longest().forEach(line -> out.println("  " + line));
            }
        }
        out.flush();
    }

    private Optional<Measured> find(String title, Network network) {
        return rows.stream()
                .filter(row -> row.spec().title().equals(title) && row.spec().network() == network)
                .findFirst();
    }

    /** Prints what the engine's step of every other method costs beside that of one, if that was measured. */
    void printBeside(String title) {
        find(title, Network.ENGINE).ifPresent(one -> rows.stream()
                .filter(row -> row.spec().network() == Network.ENGINE && row != one)
                .forEach(other -> out.printf(
                        Locale.ROOT,
                        "engine: a step of %s costs %.2f times one of %s, with %.2f times its peak memory%n",
                        other.spec().title(),
                        Medians.ratio(other.seconds(), one.seconds()),
                        title,
                        (double) other.peak() / one.peak())));
        out.flush();
    }

    private static String name(Measured row) {
        return row.spec().network().name().toLowerCase(Locale.ROOT);
    }
}
