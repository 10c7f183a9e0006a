package io.dartboard.local;

import io.dartboard.local.home.Home;
import io.dartboard.nas.data.made.MadeScenes;
import io.dartboard.nas.data.made.MadeShapes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;

/** The demonstration's data sets: made by the repository itself, the same bytes on every machine. */
final class DemoData {
    static final int TRAIN = 4000;
    static final int TEST = 1000;
    private static final int SCENES_TRAIN_PER_CLASS = 100;
    private static final int SCENES_VAL_PER_CLASS = 20;
    private static final int SCENES_SIDE = 96;
    private static final long SEED = 2019;

    private DemoData() {}

    /** The shapes to search on, in CIFAR-10's binary layout. */
    static Path shapes(Home home) {
        return once(
                home.data().resolve("shapes-%d-%d".formatted(TRAIN, TEST)),
                folder -> MadeShapes.writeCifar(folder, TRAIN, TEST, SEED));
    }

    /** The scenes to transfer to, as an image folder. */
    static Path scenes(Home home) {
        return once(
                home.data().resolve("scenes-%d".formatted(SCENES_SIDE)),
                folder -> MadeScenes.writeImageFolder(
                        folder, SCENES_TRAIN_PER_CLASS, SCENES_VAL_PER_CLASS, SCENES_SIDE, SEED));
    }

    /** Makes a folder beside its place and moves it there when it is whole, so a folder that is there is whole. */
    private static Path once(Path folder, Maker maker) {
        if (Files.isDirectory(folder)) {
            return folder;
        }
        var making = folder.resolveSibling(folder.getFileName() + ".making");
        try {
            remove(making);
            Files.createDirectories(making);
            maker.make(making);
            Files.move(making, folder, StandardCopyOption.ATOMIC_MOVE);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the demo data in %s: %s".formatted(folder, Cause.line(e)), e);
        }
    }

    private static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @FunctionalInterface
    private interface Maker {
        void make(Path folder) throws IOException;
    }
}
