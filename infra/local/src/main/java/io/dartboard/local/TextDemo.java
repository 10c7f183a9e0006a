package io.dartboard.local;

import io.dartboard.local.DemoPlan.Source;
import io.dartboard.local.home.Home;
import io.dartboard.nas.text.data.CorpusLayout;
import io.dartboard.nas.text.data.TextFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The demonstration on text. */
final class TextDemo {
    private TextDemo() {}

    /**
     * Plans it.
     *
     * @param data folder of a corpus to search on, else one is made
     * @param transferData folder of a corpus to transfer to, else one is made
     * @param lines how many lines of each part of a given corpus to take, else all
     */
    static DemoPlan plan(Home home, @Nullable Path data, @Nullable Path transferData, @Nullable Integer lines) {
        var searched = data == null ? new Source(DemoData.words(home), "words") : given(home, data, lines);
        var transferred = transferData == null
                ? new Source(DemoData.moreWords(home), "more-words")
                : given(home, transferData, lines);
        if (searched.name().equals(transferred.name())) {
            throw CommandFailure.badInput(
                    "both folders are called %s, and a corpus is published under its folder's name;"
                                    .formatted(searched.name())
                            + " rename one of them");
        }
        return DemoPlan.of(searched, Optional.of(transferred), "/demo-text-run.json");
    }

    private static Source given(Home home, Path folder, @Nullable Integer lines) {
        if (!isCorpus(folder)) {
            throw CommandFailure.badInput("%s is no folder with %s".formatted(folder, CorpusLayout.patterns()));
        }
        var whole = Source.of(folder);
        return lines == null
                ? whole
                : new Source(DemoData.firstLines(home, folder, whole.name(), lines), whole.name() + "-" + lines);
    }

    private static boolean isCorpus(Path folder) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (var files = Files.list(folder)) {
            return TextFiles.areLike(
                    files.map(file -> String.valueOf(file.getFileName())).toList());
        } catch (IOException e) {
            throw CommandFailure.environment("cannot list %s: %s".formatted(folder, Cause.line(e)));
        }
    }
}
