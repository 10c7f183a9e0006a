package io.dartboard.local;

import io.dartboard.local.home.Home;
import io.dartboard.nas.image.data.made.MadeScenes;
import io.dartboard.nas.image.data.made.MadeShapes;
import io.dartboard.nas.text.data.CorpusLayout;
import io.dartboard.nas.text.data.MadeText;
import io.dartboard.pipeline.artifact.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The demonstration's data sets: made by the repository itself, the same bytes on every machine. */
final class DemoData {
    static final int TRAIN = 4000;
    static final int TEST = 1000;
    private static final int SCENES_TRAIN_PER_CLASS = 100;
    private static final int SCENES_VAL_PER_CLASS = 20;
    private static final int SCENES_SIDE = 96;
    private static final int WORDS_LINES = 2000;
    private static final int MORE_WORDS_LINES = 3000;
    private static final int HELD_OUT_LINES = 200;
    private static final int DAILY_TRAIN = 1000;
    private static final int DAILY_TEST = 500;
    private static final long SEED = 2019;

    private DemoData() {}

    /** The shapes to search on, in CIFAR-10's binary layout. */
    static Path shapes(Home home) {
        return once(
                home.data().resolve("shapes-%d-%d".formatted(TRAIN, TEST)),
                folder -> MadeShapes.writeCifar(folder, TRAIN, TEST, SEED));
    }

    /**
     * A version of the shapes as they come in day by day, which is small.
     *
     * @param number of the version; each has other images
     * @param isShifted whether they were taken under noise
     */
    static Path dailyShapes(Home home, int number, boolean isShifted) {
        return once(home.data().resolve("daily-shapes-%02d".formatted(number)), folder -> {
            if (isShifted) {
                MadeShapes.writeShiftedCifar(folder, DAILY_TRAIN, DAILY_TEST, SEED + number);
            } else {
                MadeShapes.writeCifar(folder, DAILY_TRAIN, DAILY_TEST, SEED + number);
            }
        });
    }

    /** The scenes to transfer to, as an image folder. */
    static Path scenes(Home home) {
        return once(
                home.data().resolve("scenes-%d".formatted(SCENES_SIDE)),
                folder -> MadeScenes.writeImageFolder(
                        folder, SCENES_TRAIN_PER_CLASS, SCENES_VAL_PER_CLASS, SCENES_SIDE, SEED));
    }

    /** The text to search on, in the layout of the Penn Treebank files. */
    static Path words(Home home) {
        return once(
                home.data().resolve("words-%d".formatted(WORDS_LINES)),
                folder -> MadeText.writePtb(folder, WORDS_LINES, HELD_OUT_LINES, HELD_OUT_LINES, SEED));
    }

    /** A larger text to transfer to, in the layout of the WikiText files. */
    static Path moreWords(Home home) {
        return once(home.data().resolve("more-words-%d".formatted(MORE_WORDS_LINES)), folder -> {
            MadeText.writePtb(folder, MORE_WORDS_LINES, HELD_OUT_LINES, HELD_OUT_LINES, SEED + 1);
            for (var part : CorpusLayout.PARTS) {
                Files.move(folder.resolve(CorpusLayout.PENN.file(part)), folder.resolve(CorpusLayout.WIKI.file(part)));
            }
        });
    }

    /** The first lines of each part of a given corpus. */
    static Path firstLines(Home home, Path corpus, String name, int lines) {
        return make(home.data().resolve("%s-%d".formatted(name, lines)), folder -> {
            for (var layout : CorpusLayout.values()) {
                for (var part : CorpusLayout.PARTS) {
                    var file = layout.file(part);
                    if (Files.isRegularFile(corpus.resolve(file))) {
                        cut(corpus.resolve(file), folder.resolve(file), lines);
                    }
                }
            }
        });
    }

    private static void cut(Path from, Path to, int lines) throws IOException {
        try (var all = Files.lines(from)) {
            Files.write(to, (Iterable<String>) all.limit(lines)::iterator);
        } catch (UncheckedIOException e) {
            throw new IOException("%s is not UTF-8 text".formatted(from), e);
        }
    }

    private static Path once(Path folder, Maker maker) {
        return Files.isDirectory(folder) ? folder : make(folder, maker);
    }

    /** Makes a folder beside its place and moves it there when it is whole, so a folder that is there is whole. */
    private static Path make(Path folder, Maker maker) {
        var making = folder.resolveSibling(folder.getFileName() + ".making");
        try {
            Folders.remove(making);
            Files.createDirectories(making);
            maker.make(making);
            Folders.remove(folder);
            Files.move(making, folder, StandardCopyOption.ATOMIC_MOVE);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the demo data in %s: %s".formatted(folder, Cause.line(e)), e);
        }
    }

    @FunctionalInterface
    private interface Maker {
        void make(Path folder) throws IOException;
    }
}
