package io.dartboard.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dartboard.events.DatasetPublished;
import io.dartboard.local.show.Quantity;
import io.dartboard.local.show.Terminal;
import io.dartboard.nas.data.DatasetArchive;
import io.dartboard.nas.text.data.CorpusLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Publishes and lists datasets. */
@Command(
        name = "datasets",
        mixinStandardHelpOptions = true,
        description = "Publish and list datasets.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {DatasetsCommand.Publish.class, DatasetsCommand.Listing.class})
final class DatasetsCommand implements Callable<Integer> {
    private final Terminal terminal;

    DatasetsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        terminal.line("say what to do: datasets publish PATH --name NAME, or datasets list");
        return Exit.BAD_INPUT;
    }

    static String line(DatasetPublished published) {
        return "%-12s %-13s %-13s %s, %s"
                .formatted(
                        published.getDataset(),
                        published.getVersion(),
                        published.getLayout().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        contents(
                                published.getClasses(),
                                published.getTrainExamples(),
                                published.getValidExamples(),
                                published.getTestExamples(),
                                published.getUnigramPerplexity()),
                        Quantity.bytes(published.getArchive().getBytes()));
    }

    /** Counts of images, or of words where there is a unigram perplexity. */
    private static String contents(int classes, long train, long valid, long test, double unigramPerplexity) {
        return unigramPerplexity > 0
                ? "a vocabulary of %d, %d training, %d validation and %d test words, unigram perplexity %s"
                        .formatted(classes, train, valid, test, Quantity.perplexity(unigramPerplexity))
                : "%d classes, %d training and %d held-out examples".formatted(classes, train, test);
    }

    static void publish(StackOptions stack, Path path, String name, Layout layout, @Nullable String version) {
        if (!Files.exists(path)) {
            throw CommandFailure.badInput("there is nothing at %s".formatted(path));
        }
        ObjectNode request = new ObjectMapper().createObjectNode();
        request.put("name", name);
        request.put("task", layout.task());
        request.put("layout", layout.wireName());
        request.put("location", path.toAbsolutePath().normalize().toUri().toString());
        if (version != null) {
            request.put("version", version);
        }
        stack.terminal().line("publishing %s as dataset %s".formatted(path, name));
        var published = stack.api().publish(request);
        stack.terminal()
                .line("  %s %s@%s: %s"
                        .formatted(
                                stack.terminal().green("✓"),
                                published.path("dataset").asText(),
                                published.path("version").asText(),
                                contents(
                                        published.path("classes").asInt(),
                                        published.path("trainExamples").asLong(),
                                        published.path("validExamples").asLong(),
                                        published.path("testExamples").asLong(),
                                        published.path("unigramPerplexity").asDouble())));
    }

    /** How the files lie. */
    enum Layout {
        CIFAR_BINARY,
        IMAGE_FOLDER,
        TOKEN_CORPUS;

        /**
         * What lies in train and val is an image folder, what has a part of a corpus is a text; all else is read as CIFAR-10's
         * binary form. An archive is read up to the first file that tells.
         */
        static Layout guess(Path path) {
            try {
                return Files.isDirectory(path) ? ofFolder(path) : ofArchive(path);
            } catch (IOException e) {
                // Whoever reads it as the layout that is left says what is wrong with it.
                return CIFAR_BINARY;
            }
        }

        private static Layout ofFolder(Path folder) throws IOException {
            if (Files.isDirectory(folder.resolve("train")) && Files.isDirectory(folder.resolve("val"))) {
                return IMAGE_FOLDER;
            }
            try (var files = Files.list(folder)) {
                return files.anyMatch(file -> Files.isRegularFile(file)
                                && CorpusLayout.ofFile(file.getFileName().toString())
                                        .isPresent())
                        ? TOKEN_CORPUS
                        : CIFAR_BINARY;
            }
        }

        private static Layout ofArchive(Path archive) throws IOException {
            try {
                DatasetArchive.visit(archive, bytes -> {}, (name, bytes, content) -> tell(name));
                return CIFAR_BINARY;
            } catch (Told told) {
                return told.layout;
            }
        }

        private static void tell(String file) {
            var path = List.of(file.split("/"));
            if (CorpusLayout.ofFile(path.get(path.size() - 1)).isPresent()) {
                throw new Told(TOKEN_CORPUS);
            }
            if (file.endsWith(".bin")) {
                throw new Told(CIFAR_BINARY);
            }
            if (path.size() > 2 && path.subList(0, path.size() - 2).stream().anyMatch(FOLDERS::contains)) {
                throw new Told(IMAGE_FOLDER);
            }
        }

        private static final Set<String> FOLDERS = Set.of("train", "val");

        /** Ends the reading of an archive: more of it need not be read. */
        private static final class Told extends RuntimeException {
            private static final long serialVersionUID = 1L;

            private final Layout layout;

            Told(Layout layout) {
                super(null, null, false, false);
                this.layout = layout;
            }
        }

        static Layout named(String name) {
            for (var layout : values()) {
                if (layout.wireName().equals(name)) {
                    return layout;
                }
            }
            throw CommandFailure.badInput("there is no layout '%s'; known: %s"
                    .formatted(
                            name, Arrays.stream(values()).map(Layout::wireName).collect(Collectors.joining(", "))));
        }

        String task() {
            return this == TOKEN_CORPUS ? "language-model" : "image-classification";
        }

        String wireName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Checks, uploads and announces a dataset. */
    @Command(
            name = "publish",
            mixinStandardHelpOptions = true,
            description = "Check a dataset, store it and announce it. The same content again changes nothing.")
    static final class Publish implements Callable<Integer> {
        @Mixin
        private final StackOptions stack;

        @Parameters(paramLabel = "PATH", description = "A folder, or a .tar.gz of one.")
        private Path path = Path.of("");

        @Option(names = "--name", required = true, paramLabel = "NAME", description = "The dataset's name.")
        private String name = "";

        @Option(
                names = "--layout",
                paramLabel = "LAYOUT",
                description = "cifar-binary, image-folder (train/<class>/… and val/<class>/…) or token-corpus"
                        + " ({ptb.,}{train,valid,test}.txt or wiki.{train,valid,test}.{tokens,raw}); found out by the"
                        + " names of the files if left away.")
        private @Nullable String layout;

        @Option(
                names = "--dataset-version",
                paramLabel = "VERSION",
                description = "Name of this version (default: the first digits of the content's digest).")
        private @Nullable String version;

        Publish(Terminal terminal) {
            stack = new StackOptions(terminal);
        }

        @Override
        public Integer call() {
            var how = layout == null ? Layout.guess(path) : Layout.named(layout);
            stack.requireRunning();
            publish(stack, path, name, how, version);
            return Exit.OK;
        }
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
