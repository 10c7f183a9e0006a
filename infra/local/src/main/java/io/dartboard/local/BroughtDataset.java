package io.dartboard.local;

import io.dartboard.nas.dataset.DatasetForm;
import io.dartboard.nas.image.data.CifarFiles.Labels;
import io.dartboard.schemas.Word;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A dataset as it is named on the command line. */
final class BroughtDataset {
    @Parameters(paramLabel = "PATH", description = "A folder, or a .tar.gz, .tar or .zip of one.")
    private Path path = Path.of("");

    @Option(
            names = "--layout",
            paramLabel = "LAYOUT",
            description = "cifar-binary (CIFAR-10 or CIFAR-100), image-folder (train/<class>/… and val/<class>/…) or"
                    + " token-corpus (three parts of a text); found out by the names of the files if left away.")
    private @Nullable String layout;

    @Option(
            names = "--labels",
            paramLabel = "LABELS",
            description = "Which label of CIFAR-100 is learned: fine or coarse (default: fine).")
    private @Nullable String labels;

    /** The path, which is there. */
    Path path() {
        if (!Files.exists(path)) {
            throw CommandFailure.badInput("there is nothing at %s".formatted(path));
        }
        return path;
    }

    /** The layout that was named, if one was. */
    Optional<DatasetForm> form() {
        return Optional.ofNullable(layout).map(name -> named("layout", name, List.of(DatasetForm.values())));
    }

    /** The labels that were named, if some were. */
    Optional<Labels> labels() {
        return Optional.ofNullable(labels).map(name -> named("labels", name, List.of(Labels.values())));
    }

    private static <E extends Enum<E>> E named(String option, String name, List<E> known) {
        return known.stream()
                .filter(each -> Word.of(each).equals(name))
                .findFirst()
                .orElseThrow(() -> CommandFailure.badInput("there is no %s '%s'; known: %s"
                        .formatted(option, name, known.stream().map(Word::of).collect(Collectors.joining(", ")))));
    }
}
