package io.dartboard.bench;

import io.dartboard.bench.SearchSubject.Network;
import io.dartboard.bench.SearchSubject.Order;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Time, memory and operations of a search step; by default the paper's. */
@Command(
        name = "search",
        description = "A search step: the engine beside the plain supernet, edge by edge in the default layout.",
        mixinStandardHelpOptions = true)
final class SearchBench implements Callable<Integer> {
    /** Operations do not depend on the images of a batch; few spare memory while they are recorded. */
    private static final int IMAGES_TO_COUNT_WITH = 16;

    @Option(names = "--channels", defaultValue = "16", description = "Channels of the first cell (${DEFAULT-VALUE}).")
    private int channels;

    @Option(names = "--cells", defaultValue = "8", description = "Cells of the supernet (${DEFAULT-VALUE}).")
    private int cells;

    @Option(names = "--side", defaultValue = "32", description = "Side of an image in pixels (${DEFAULT-VALUE}).")
    private int side;

    @Option(names = "--batch", defaultValue = "64", description = "Images of a batch (${DEFAULT-VALUE}).")
    private int batch;

    @Option(names = "--rounds", defaultValue = "3", description = "Steps of each that count (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--profile",
            description =
                    "Also print the operations that take most of the time, of the engine and of the plain supernet.")
    private boolean profile;

    @Spec
    private CommandSpec spec;

    private record Row(Order order, Network network, List<Double> seconds, long peak, OperationLine operations) {}

    private record OperationLine(long asked, long all, List<String> longest) {}

    @Override
    public Integer call() {
        if (channels < 2 || cells < 3 || side < 8 || batch < 2 || rounds < 1) {
            throw new IllegalArgumentException(
                    "--channels must be at least 2, --cells 3, --side 8, --batch 2, --rounds 1");
        }
        PrintWriter out = spec.commandLine().getOut();
        SearchSize size = new SearchSize(channels, cells, side, batch, batch);
        out.printf(
                Locale.ROOT,
                "Search step, C=%d, %d cells, %dx%d, batch %d, on %s with %s threads; medians of %d alternating rounds%n",
                channels,
                cells,
                side,
                side,
                batch,
                "cpu",
                System.getenv().getOrDefault("OMP_NUM_THREADS", "all"),
                rounds);
        List<Row> rows = measure(size);
        print(out, rows);
        return 0;
    }

    private List<Row> measure(SearchSize size) {
        List<Supplier<Subject>> subjects = new ArrayList<>();
        for (Order order : Order.values()) {
            for (Network network : Network.values()) {
                subjects.add(() -> new SearchSubject(size, network, order));
            }
        }
        List<List<Double>> seconds = Probe.seconds(subjects, rounds);
        List<Row> rows = new ArrayList<>();
        for (Order order : Order.values()) {
            for (Network network : Network.values()) {
                long peak = Long.parseLong(probe("peak", network, order, size).get(0));
                List<String> lines = probe("operations", network, order, size.withImages(IMAGES_TO_COUNT_WITH));
                String[] counts = lines.get(0).split(" ", 2);
                OperationLine operations = new OperationLine(
                        Long.parseLong(counts[0]), Long.parseLong(counts[1]), lines.subList(1, lines.size()));
                rows.add(new Row(order, network, seconds.get(rows.size()), peak, operations));
            }
        }
        return rows;
    }

    private static List<String> probe(String what, Network network, Order order, SearchSize size) {
        List<String> arguments = new ArrayList<>(List.of(what, network.name(), order.name()));
        arguments.addAll(size.arguments());
        return FreshProcess.run(SearchProbe.class, arguments);
    }

    private void print(PrintWriter out, List<Row> rows) {
        out.printf("%-22s %9s %9s %9s %11s %11s%n", "", "s/step", "images/s", "peak MiB", "operations", "with inner");
        for (Row row : rows) {
            double median = Medians.of(row.seconds());
            out.printf(
                    Locale.ROOT,
                    "%-22s %9.2f %9.2f %9d %11d %11d%n",
                    name(row.order()) + ", " + row.network().name().toLowerCase(Locale.ROOT),
                    median,
                    batch / median,
                    row.peak() >> 20,
                    row.operations().asked(),
                    row.operations().all());
        }
        for (Order order : Order.values()) {
            Row engine = row(rows, order, Network.ENGINE);
            Row plain = row(rows, order, Network.PLAIN);
            out.printf(
                    Locale.ROOT,
                    "%s: engine %.2f times as fast as plain, %.0f %% of its peak memory, %.0f %% of its operations"
                            + " (%.0f %% with inner ones)%n",
                    name(order),
                    Medians.ratio(plain.seconds(), engine.seconds()),
                    100.0 * engine.peak() / plain.peak(),
                    100.0 * engine.operations().asked() / plain.operations().asked(),
                    100.0 * engine.operations().all() / plain.operations().all());
        }
        out.printf(
                Locale.ROOT,
                "engine: second order costs %.2f times first order%n",
                Medians.ratio(
                        row(rows, Order.SECOND, Network.ENGINE).seconds(),
                        row(rows, Order.FIRST, Network.ENGINE).seconds()));
        if (profile) {
            for (Network network : Network.values()) {
                out.printf("longest operations, %s, %d images (s):%n", network, IMAGES_TO_COUNT_WITH);
                row(rows, Order.FIRST, network).operations().longest().forEach(line -> out.println("  " + line));
            }
        }
        out.flush();
    }

    private static String name(Order order) {
        return order == Order.FIRST ? "first order" : "second order";
    }

    private static Row row(List<Row> rows, Order order, Network network) {
        return rows.stream()
                .filter(row -> row.order() == order && row.network() == network)
                .findFirst()
                .orElseThrow();
    }
}
