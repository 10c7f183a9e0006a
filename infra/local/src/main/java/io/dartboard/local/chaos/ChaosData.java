package io.dartboard.local.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.dartboard.local.home.Home;
import io.dartboard.nas.image.data.made.MadeScenes;
import io.dartboard.nas.image.data.made.MadeShapes;
import io.dartboard.nas.text.data.MadeText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Tiny data sets: the same bytes on every machine. */
final class ChaosData {
    private static final long SEED = 7;

    private ChaosData() {}

    /** Makes and publishes what the runs are about. */
    static void publish(Home home, Door door) {
        try {
            home.allowDataset(home.data());
            var shapes = Files.createDirectories(home.data().resolve("shapes"));
            MadeShapes.writeCifar(shapes, 200, 40, SEED);
            publish(door, "shapes", "image-classification", "cifar-binary", shapes);
            var scenes = Files.createDirectories(home.data().resolve("scenes"));
            MadeScenes.writeImageFolder(scenes, 4, 2, 40, SEED);
            publish(door, "scenes", "image-classification", "image-folder", scenes);
            for (var name : List.of("words", "more-words")) {
                var folder = home.data().resolve(name);
                MadeText.writePtb(folder, 60, 20, 20, name.length());
                publish(door, name, "language-model", "token-corpus", folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the data in %s: %s".formatted(home.data(), e.getMessage()), e);
        }
    }

    private static void publish(Door door, String name, String task, String layout, Path folder) {
        door.publish(new ObjectMapper()
                .createObjectNode()
                .put("name", name)
                .put("task", task)
                .put("layout", layout)
                .put("location", folder.toUri().toString()));
    }
}
