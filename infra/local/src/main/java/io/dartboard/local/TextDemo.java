package io.dartboard.local;

import io.dartboard.local.DatasetsCommand.Layout;
import io.dartboard.local.DemoPlan.Source;
import io.dartboard.local.home.Home;
import io.dartboard.nas.text.data.CorpusLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
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
        var searched = data == null
                ? new Source(DemoData.words(home), "words", Layout.TOKEN_CORPUS)
                : given(home, data, lines);
        var transferred = transferData == null
                ? new Source(DemoData.moreWords(home), "more-words", Layout.TOKEN_CORPUS)
                : given(home, transferData, lines);
        if (searched.name().equals(transferred.name())) {
            throw CommandFailure.badInput(
                    "both folders are called %s, and a corpus is published under its folder's name;"
                                    .formatted(searched.name())
                            + " rename one of them");
        }
        return DemoPlan.of(searched, transferred, "/demo-text-run.json");
    }

    private static Source given(Home home, Path folder, @Nullable Integer lines) {
        if (!Files.isDirectory(folder) || Layout.guess(folder) != Layout.TOKEN_CORPUS) {
            throw CommandFailure.badInput("%s is no folder with %s".formatted(folder, CorpusLayout.patterns()));
        }
        var name = name(folder);
        return lines == null
                ? new Source(folder, name, Layout.TOKEN_CORPUS)
                : new Source(DemoData.firstLines(home, folder, name, lines), name + "-" + lines, Layout.TOKEN_CORPUS);
    }

    /** The folder's own, in the characters that a dataset's name may have. */
    private static String name(Path folder) {
        var named = folder.toAbsolutePath().normalize().getFileName();
        var plain =
                (named == null ? "" : named.toString().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]", "-"));
        return plain.matches("[a-z0-9].*") ? plain : "corpus" + plain;
    }
}
