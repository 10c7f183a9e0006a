package io.dartboard.local;

import io.dartboard.local.show.ProgressLine;
import io.dartboard.local.show.Terminal;
import io.dartboard.nas.data.DatasetFiles;
import io.dartboard.nas.data.InvalidDatasetException;
import io.dartboard.nas.data.Progress;
import io.dartboard.nas.dataset.DatasetForm;
import io.dartboard.nas.dataset.Inspection;
import io.dartboard.nas.image.data.CifarFiles.Labels;
import io.dartboard.nas.image.data.ContactSheet;
import io.dartboard.pipeline.artifact.Folders;
import io.dartboard.schemas.Word;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says of a dataset, before it is published, what would be used of it. Needs no running stack. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        description =
                "Look through a dataset and say what of it would be used, what would be passed over and why. Of images"
                        + " a few are drawn on a sheet. Nothing is published.")
final class InspectCommand implements Callable<Integer> {
    private static final int MOST_NAMED = 10;
    private static final String LINE = "  %-11s %s";

    private final Terminal terminal;

    @Mixin
    private final BroughtDataset dataset = new BroughtDataset();

    @Option(
            names = "--sheet",
            paramLabel = "FILE",
            description = "Where the sheet of examples is written (default: contact-sheet.png here).")
    private Path sheet = Path.of("contact-sheet.png");

    InspectCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var path = dataset.path();
        var shown = new ShownProgress(new ProgressLine(terminal));
        try (var scratch = new Scratch();
                var files = DatasetFiles.open(path, scratch.folder, read -> shown.at("reading the archive", read, 0))) {
            var form = dataset.form().isPresent() ? dataset.form().get() : DatasetForm.of(files);
            var inspection = Inspection.of(files, form, dataset.labels().orElse(Labels.FINE), shown);
            shown.end();
            show(path, inspection);
            return Exit.OK;
        } catch (InvalidDatasetException e) {
            shown.end();
            throw CommandFailure.badInput(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            shown.end();
            throw CommandFailure.environment("cannot look through %s: %s".formatted(path, Cause.line(e)));
        }
    }

    private void show(Path path, Inspection inspection) throws IOException {
        terminal.line("%s would be published as %s, version %s"
                .formatted(path, Word.of(inspection.form()), inspection.digest().substring(0, 12)));
        var contents = inspection.contents();
        line(
                "in all",
                DatasetsCommand.contents(
                        contents.classes(),
                        contents.train(),
                        contents.valid(),
                        contents.test(),
                        contents.unigramPerplexity()));
        if (!contents.labels().isEmpty()) {
            line("classes", few(contents.labels()));
        }
        inspection.details().forEach(this::line);
        inspection.findings().lines().forEach(found -> line("note", found));
        if (inspection.draw(sheet)) {
            line(
                    "examples",
                    "%s: a row for each class%s, in the order of their names"
                            .formatted(
                                    sheet.toAbsolutePath(),
                                    contents.classes() > ContactSheet.ROWS
                                            ? " of the first " + ContactSheet.ROWS
                                            : ""));
        }
    }

    private static String few(List<String> names) {
        var first = names.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        return names.size() > MOST_NAMED ? "%s and %d more".formatted(first, names.size() - MOST_NAMED) : first;
    }

    private void line(String what, String text) {
        terminal.line(LINE.formatted(what, text));
    }

    /** A folder for what an archive holds, while it is looked at. */
    private static final class Scratch implements AutoCloseable {
        private final Path folder;

        Scratch() throws IOException {
            folder = Files.createTempDirectory("dartboard-inspect-");
        }

        @Override
        public void close() throws IOException {
            Folders.remove(folder);
        }
    }

    /** Shows how far the look is, a few times a second. */
    private static final class ShownProgress implements Progress {
        private static final long AFTER_NS = 1_500_000_000;
        private static final long EVERY_NS = 250_000_000;

        private final ProgressLine line;
        private long next = System.nanoTime() + AFTER_NS;

        ShownProgress(ProgressLine line) {
            this.line = line;
        }

        @Override
        public synchronized void at(String activity, long done, long of) {
            if (System.nanoTime() - next >= 0) {
                line.wipe();
                line.at(activity, done, of);
                next = System.nanoTime() + EVERY_NS;
            }
        }

        synchronized void end() {
            line.wipe();
        }
    }
}
