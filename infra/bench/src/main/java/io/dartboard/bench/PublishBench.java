package io.dartboard.bench;

import io.dartboard.nas.data.DatasetFiles;
import io.dartboard.nas.data.Progress;
import io.dartboard.nas.dataset.DatasetForm;
import io.dartboard.nas.dataset.Inspection;
import io.dartboard.nas.image.data.CifarFiles.Labels;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import javax.imageio.ImageIO;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How long a dataset is looked through, packed and read back before it is published. */
@Command(
        name = "publish",
        description =
                "All that a dataset costs before it is uploaded: checking every file, packing, reading the archive back.",
        mixinStandardHelpOptions = true)
final class PublishBench implements Callable<Integer> {
    private static final int WIDTH = 500;
    private static final int HEIGHT = 375;
    private static final int CLASSES = 10;
    private static final int STROKES = 400;

    @Option(
            names = "--data",
            description = "A folder or archive; JPEG photographs of 500 x 375 are made if none is given.")
    private Optional<Path> data = Optional.empty();

    @Option(names = "--photographs", defaultValue = "2000", description = "How many are made (${DEFAULT-VALUE}).")
    private int photographs;

    @Option(names = "--rounds", defaultValue = "3", description = "Rounds that count (${DEFAULT-VALUE}).")
    private int rounds;

    @SuppressWarnings("NullAway.Init") // picocli sets it
    @Spec
    private CommandSpec command;

    /** Seconds of each part, and how many examples there were. */
    private record Round(double look, double pack, double readBack, int examples) {}

    @Override
    public Integer call() throws IOException {
        PrintWriter out = command.commandLine().getOut();
        try (Scratch scratch = Scratch.make()) {
            Path source = data.isPresent() ? data.get() : made(scratch.folder().resolve("photographs"));
            List<Round> counted = new ArrayList<>();
            for (int round = 0; round <= rounds; round++) {
                Round one = round(source, scratch.folder());
                if (round > 0) {
                    counted.add(one);
                }
            }
            double look = median(counted, Round::look);
            double pack = median(counted, Round::pack);
            double readBack = median(counted, Round::readBack);
            int examples = counted.get(0).examples();
            out.printf(
                    Locale.ROOT,
                    "%d examples: %.2f s to look through, %.2f s to pack, %.2f s to read back: %.0f examples/s (median of %d"
                            + " rounds)%n",
                    examples,
                    look,
                    pack,
                    readBack,
                    examples / (look + pack + readBack),
                    rounds);
            out.flush();
            return 0;
        }
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Round> part) {
        return Medians.of(rounds.stream().mapToDouble(part).boxed().toList());
    }

    private static Round round(Path source, Path scratch) throws IOException {
        long began = System.nanoTime();
        try (DatasetFiles files = DatasetFiles.open(source, scratch, read -> {})) {
            Inspection found = Inspection.of(files, DatasetForm.of(files), Labels.FINE, Progress.UNTOLD);
            long looked = System.nanoTime();
            Path packed = scratch.resolve("packed.tar.gz");
            found.pack(packed, Progress.UNTOLD);
            long stored = System.nanoTime();
            if (!found.digestOf(packed, Progress.UNTOLD).equals(found.digest())) {
                throw new IllegalStateException("what was packed is not what was checked");
            }
            long read = System.nanoTime();
            int examples = found.contents().train() + found.contents().test();
            return new Round((looked - began) / 1e9, (stored - looked) / 1e9, (read - stored) / 1e9, examples);
        }
    }

    /** Photographs with as much detail as those of ImageNet: about a hundred kilobytes each. */
    private Path made(Path folder) throws IOException {
        for (int i = 0; i < photographs; i++) {
            Path file = folder.resolve(
                    "%s/class-%d/%05d.jpg".formatted(i % 10 == 9 ? "val" : "train", i / 10 % CLASSES, i));
            Files.createDirectories(file.getParent());
            Files.write(file, photograph(new Random(i)));
        }
        return folder;
    }

    private static byte[] photograph(Random random) throws IOException {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        for (int i = 0; i < STROKES; i++) {
            graphics.setColor(new Color(random.nextInt(1 << 24)));
            int size = 5 + random.nextInt(80);
            graphics.fillOval(random.nextInt(WIDTH) - size / 2, random.nextInt(HEIGHT) - size / 2, size, size);
        }
        graphics.dispose();
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                image.setRGB(x, y, image.getRGB(x, y) ^ random.nextInt(1 << 24) & 0x0f0f0f);
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "jpg", bytes);
        return bytes.toByteArray();
    }
}
