package io.dartboard.bench;

import io.dartboard.bench.SearchSpec.Order;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Time, memory and operations of a search step; by default the paper's. */
@Command(
        name = "search",
        description = "A search step: the engine beside the plain supernet, edge by edge in the default layout.",
        mixinStandardHelpOptions = true)
final class SearchBench implements Callable<Integer> {
    @Option(names = "--channels", defaultValue = "16", description = "Channels of the first cell (${DEFAULT-VALUE}).")
    private int channels;

    @Option(names = "--cells", defaultValue = "8", description = "Cells of the supernet (${DEFAULT-VALUE}).")
    private int cells;

    @Option(names = "--side", defaultValue = "32", description = "Side of an image in pixels (${DEFAULT-VALUE}).")
    private int side;

    @Option(names = "--batch", defaultValue = "64", description = "Images of a batch (${DEFAULT-VALUE}).")
    private int batch;

    @SuppressWarnings("NullAway.Init") // picocli sets it
    @Mixin
    private RoundOptions options;

    @SuppressWarnings("NullAway.Init") // picocli sets it
    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        options.require();
        PrintWriter out = command.commandLine().getOut();
        List<SearchSpec> specs = new ArrayList<>();
        for (Order order : Order.values()) {
            for (Network network : Network.values()) {
                specs.add(new SearchSpec(network, order, channels, cells, side, batch, batch));
            }
        }
        out.printf(
                "Search step, C=%d, %d cells, %dx%d, batch %d, %s threads; medians of %d alternating rounds%n",
                channels, cells, side, side, batch, options.threads(), options.rounds);
        out.flush();
        Table table = new Table(out, Measured.of(specs, options.rounds));
        table.print(options.profile);
        out.printf(
                Locale.ROOT,
                "engine: second order costs %.2f times first order%n",
                Medians.ratio(
                        table.find(Order.SECOND.title, Network.ENGINE).seconds(),
                        table.find(Order.FIRST.title, Network.ENGINE).seconds()));
        out.flush();
        return 0;
    }
}
