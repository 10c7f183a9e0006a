package io.dartboard.bench;

import io.dartboard.nas.bilevel.SearchMethod;
import io.dartboard.nas.bilevel.SearchMethods;
import io.dartboard.nas.image.search.ImageSearch;
import io.dartboard.nas.image.search.SearchConfig;
import io.dartboard.nas.text.search.RecurrentSearchConfig;
import io.dartboard.nas.text.search.TextSearch;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Time, memory and operations of a search step; by default the paper's. */
@Command(
        name = "search",
        description = {
            "A search step: the engine beside the plain supernet, edge by edge in the default layout;",
            "or of other methods, beside first-order DARTS at the same batch."
        },
        mixinStandardHelpOptions = true)
final class SearchBench implements Callable<Integer> {
    @Option(
            names = "--space",
            defaultValue = "cnn",
            description = "${COMPLETION-CANDIDATES}: cells for images or for text (${DEFAULT-VALUE}).")
    private Space space = Space.CNN;

    @Option(names = "--order", description = "${COMPLETION-CANDIDATES}; both if not given.")
    private Optional<Order> order = Optional.empty();

    @Option(
            names = "--method",
            split = ",",
            paramLabel = "NAME",
            description = "Instead of an order: the engine's step of these methods, as infra/run methods names them.")
    private List<String> methods = List.of();

    @Option(names = "--channels", defaultValue = "16", description = "Channels of the first cell (${DEFAULT-VALUE}).")
    private int channels;

    @Option(names = "--cells", defaultValue = "8", description = "Cells of the supernet (${DEFAULT-VALUE}).")
    private int cells;

    @Option(names = "--side", defaultValue = "32", description = "Side of an image in pixels (${DEFAULT-VALUE}).")
    private int side;

    @Option(names = "--batch", description = "Images, or columns of text, of a batch; the paper's if not given.")
    private Optional<Integer> batch = Optional.empty();

    @SuppressWarnings("NullAway.Init") // picocli sets it
    @Mixin
    private TextOptions text;

    @SuppressWarnings("NullAway.Init") // picocli sets it
    @Mixin
    private RoundOptions options;

    @SuppressWarnings("NullAway.Init") // picocli sets it
    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        options.require();
        if (!methods.isEmpty() && order.isPresent()) {
            throw new IllegalArgumentException(
                    "--method names what is measured, and --order does too: give one of them");
        }
        space.requireOwnOptions(command);
        switch (space) {
            case CNN -> {
                int images = batch.orElse(SearchConfig.paperCifar10().batchSize());
                measure(
                        "C=%d, %d cells, %dx%d, batch %d".formatted(channels, cells, side, side, images),
                        ImageSearch.METHODS,
                        (network, each) -> new SearchSpec(network, each, channels, cells, side, images, images));
            }
            case RNN -> {
                RecurrentSearchConfig paper = RecurrentSearchConfig.paperPtb();
                TextSizes sizes =
                        text.over(new TextSizes(paper.width(), paper.batchSize(), paper.bptt(), TextSizes.PENN), batch);
                measure(
                        sizes.toString(),
                        TextSearch.METHODS,
                        (network, each) -> new RecurrentSearchSpec(network, each, sizes));
            }
        }
        return 0;
    }

    private void measure(
            String sizes, List<SearchMethod> known, BiFunction<Network, String, io.dartboard.bench.Spec> spec) {
        PrintWriter out = command.commandLine().getOut();
        List<io.dartboard.bench.Spec> specs = new ArrayList<>();
        if (methods.isEmpty()) {
            for (Order each : order.map(List::of).orElse(List.of(Order.values()))) {
                for (Network network : Network.values()) {
                    specs.add(spec.apply(network, each.method.id()));
                }
            }
        } else {
            Stream.concat(Stream.of(Order.FIRST.method.id()), methods.stream())
                    .map(name -> SearchMethods.of(name.strip(), known).id())
                    .distinct()
                    .forEach(name -> specs.add(spec.apply(Network.ENGINE, name)));
        }
        out.printf(
                "Search step, %s, %s threads; medians of %d alternating turns%n",
                sizes, options.threads(), options.rounds);
        out.flush();
        ResultTable table = new ResultTable(out, Measured.of(specs, options.rounds));
        table.print(options.profile);
        table.printBeside(Order.FIRST.title);
    }
}
