package io.dartboard.bench.methods;

import io.dartboard.bench.Scratch;
import io.dartboard.nas.image.data.made.MadeShapes;
import io.dartboard.nas.natives.Devices;
import io.dartboard.nas.tensor.Torch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What all searches of a bench have in common: their images, their size and where they compute. */
final class SearchOptions {
    private static final String MADE = "made";
    private static final int MADE_SEED = 1;
    private static final int CLASSES = 10;

    @Option(
            names = "--data",
            defaultValue = MADE,
            paramLabel = "FILE",
            description = "CIFAR-10 or CIFAR-100, binary version, a folder or an archive; or made: images of ten shapes"
                    + " (${DEFAULT-VALUE}).")
    private String data = "";

    @Option(
            names = "--images",
            defaultValue = "1000",
            description =
                    "Training images that are used, of every class as many; half of them train the alphas; 0 for all"
                            + " (${DEFAULT-VALUE}).")
    private int images;

    @Option(names = "--side", description = "Side of an image in pixels; as it is if not given.")
    private Optional<Integer> side = Optional.empty();

    @Option(names = "--channels", description = "Channels of the first cell; the space's if not given.")
    private Optional<Integer> channels = Optional.empty();

    @Option(names = "--cells", description = "Cells of the supernet; the space's if not given.")
    private Optional<Integer> cells = Optional.empty();

    @Option(names = "--epochs", description = "Epochs of a search; those of DARTS if not given.")
    private Optional<Integer> epochs = Optional.empty();

    @Option(names = "--batch", description = "Images of a batch; as in DARTS if not given.")
    private Optional<Integer> batch = Optional.empty();

    @Option(
            names = "--setting",
            paramLabel = "NAME=VALUE",
            description = "Another setting of the searches, by the name that presets give it: alphaLearningRate=3e-3.")
    private Map<String, Double> settings = Map.of();

    @Option(names = "--device", defaultValue = "cpu", description = "cpu, gpu0, … (${DEFAULT-VALUE}).")
    private String device = "";

    /**
     * Whether searches can be made so, as far as that can be seen.
     *
     * @throws IllegalArgumentException with one line, if not
     */
    void require() {
        if (images < 0) {
            throw new IllegalArgumentException("--images must be 0, for all, or more (was %d)".formatted(images));
        }
        if (data.equals(MADE) && images == 0) {
            throw new IllegalArgumentException("--images must say how many images are made (was 0, for all)");
        }
        var target = Torch.device(device);
        Optional<String> trouble = target.isGpu() ? Devices.trouble(target) : Optional.empty();
        if (trouble.isPresent()) {
            throw new IllegalArgumentException("%s cannot be used: %s".formatted(device, trouble.get()));
        }
    }

    /** Training images that are used; 0 for all. */
    int images() {
        return images;
    }

    /** Of an image in pixels; 0 as they are. */
    int side() {
        return side.orElse(0);
    }

    String device() {
        return device;
    }

    /** Where the images are; made below a folder where none were named. */
    Path source(Scratch scratch) throws IOException {
        if (!data.equals(MADE)) {
            return Path.of(data);
        }
        Path made = scratch.folder().resolve(MADE);
        MadeShapes.writeCifar(made, images, CLASSES, MADE_SEED);
        return made;
    }

    /**
     * The settings of a search by name: those of a yardstick, unless told otherwise.
     *
     * @throws IllegalArgumentException if one is told that there is not, or twice
     */
    Map<String, Object> config(Yardstick yardstick) {
        Map<String, Object> config = yardstick.settings();
        Map<String, Object> own = new LinkedHashMap<>();
        channels.ifPresent(value -> own.put("channels", value));
        cells.ifPresent(value -> own.put("cells", value));
        epochs.ifPresent(value -> own.put("epochs", value));
        batch.ifPresent(value -> own.put("batchSize", value));
        settings.forEach((name, value) -> {
            Object usual = config.get(name);
            if (usual == null) {
                throw new IllegalArgumentException("--setting %s is none of a search, which has %s"
                        .formatted(name, String.join(", ", config.keySet())));
            }
            if (own.containsKey(name)) {
                throw new IllegalArgumentException("--setting %s is given by its own option already".formatted(name));
            }
            own.put(name, usual instanceof Integer ? whole(name, value) : (Object) value);
        });
        config.putAll(own);
        return config;
    }

    private static Integer whole(String name, double value) {
        if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("--setting %s must be a whole number (was %s)".formatted(name, value));
        }
        return (int) value;
    }
}
