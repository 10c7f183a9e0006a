package io.dartboard.local;

import io.dartboard.events.DatasetPublished;
import io.dartboard.local.show.Quantity;
import io.dartboard.local.show.Terminal;
import io.dartboard.schemas.Word;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Inspects, publishes and lists datasets. */
@Command(
        name = "datasets",
        mixinStandardHelpOptions = true,
        description = "Inspect, publish and list datasets.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {InspectCommand.class, PublishCommand.class, DatasetsCommand.Listing.class})
final class DatasetsCommand implements Callable<Integer> {
    private final Terminal terminal;

    DatasetsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        terminal.line("say what to do: datasets inspect PATH, datasets publish PATH --name NAME, or datasets list");
        return Exit.BAD_INPUT;
    }

    static String line(DatasetPublished published) {
        return "%-12s %-13s %-13s %s, %s"
                .formatted(
                        published.getDataset(),
                        published.getVersion(),
                        Word.of(published.getLayout()),
                        contents(
                                published.getClasses(),
                                published.getTrainExamples(),
                                published.getValidExamples(),
                                published.getTestExamples(),
                                published.getUnigramPerplexity()),
                        Quantity.bytes(published.getArchive().getBytes()));
    }

    /** Counts of images, or of words where there is a unigram perplexity. */
    static String contents(int classes, long train, long valid, long test, double unigramPerplexity) {
        return unigramPerplexity > 0
                ? "a vocabulary of %d, %d training, %d validation and %d test words, unigram perplexity %s"
                        .formatted(classes, train, valid, test, Quantity.perplexity(unigramPerplexity))
                : "%d classes, %d training and %d held-out examples".formatted(classes, train, test);
    }

    /** Lists what has been published. */
    @Command(name = "list", mixinStandardHelpOptions = true, description = "List every version of every dataset.")
    static final class Listing implements Callable<Integer> {
        @Mixin
        private final StackOptions stack;

        Listing(Terminal terminal) {
            stack = new StackOptions(terminal);
        }

        @Override
        public Integer call() {
            try (var live = LiveBoard.open(stack.requireRunning().kafka())) {
                live.board().datasets().forEach(published -> stack.terminal().line(line(published)));
            }
            return Exit.OK;
        }
    }
}
