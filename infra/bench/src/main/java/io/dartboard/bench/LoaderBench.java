package io.dartboard.bench;

import io.dartboard.nas.data.Prefetch;
import io.dartboard.nas.image.data.Batch;
import io.dartboard.nas.image.data.BatchLoader;
import io.dartboard.nas.image.data.ImageFolder;
import io.dartboard.nas.image.data.PhotoImages;
import io.dartboard.nas.image.data.made.MadeScenes;
import io.dartboard.nas.provenance.RandomStreams;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How many photographs a core makes ready for ImageNet training in a second. */
@Command(
        name = "loader",
        description = "The image loader alone: decoding, random-resized crop, flip, colour jitter, normalisation.",
        mixinStandardHelpOptions = true)
final class LoaderBench implements Callable<Integer> {
    private static final int MADE_SIZE = 256;
    private static final int MADE_PER_CLASS = 25;
    private static final int BATCH = 32;

    @Option(names = "--data", description = "A folder of photographs by class; made scenes if none is given.")
    private Optional<Path> data = Optional.empty();

    @Option(
            names = "--resolution",
            defaultValue = "224",
            description = "Side that the network sees (${DEFAULT-VALUE}).")
    private int resolution;

    @Option(names = "--threads", description = "Loader threads; as many as there are processors if not given.")
    private Optional<Integer> threads = Optional.empty();

    @Option(names = "--rounds", defaultValue = "3", description = "Epochs that count (${DEFAULT-VALUE}).")
    private int rounds;

    @SuppressWarnings("NullAway.Init") // picocli sets it
    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = command.commandLine().getOut();
        try (Scratch made = Scratch.make()) {
            Path scratch = made.folder();
            if (data.isEmpty()) {
                MadeScenes.writeImageFolder(scratch.resolve("scenes"), MADE_PER_CLASS, 2, MADE_SIZE, 0);
            }
            ImageFolder folder = ImageFolder.open(data.orElse(scratch.resolve("scenes")), "", () -> {});
            int count = threads.orElse(Runtime.getRuntime().availableProcessors());
            BatchLoader loader = BatchLoader.shuffled(
                    PhotoImages.forTraining(folder, resolution), BATCH, new RandomStreams(0), count);
            List<Double> rates = new ArrayList<>();
            for (int epoch = 0; epoch <= rounds; epoch++) {
                double rate = rate(loader, epoch);
                if (epoch > 0) {
                    rates.add(rate);
                }
            }
            double median = Medians.of(rates);
            out.printf(
                    Locale.ROOT,
                    "%d photographs to %d pixels, %d loader threads: %.1f images/s, %.1f images/s per thread"
                            + " (median of %d epochs)%n",
                    folder.train().size(),
                    resolution,
                    count,
                    median,
                    median / count,
                    rounds);
            out.flush();
            return 0;
        }
    }

    private static double rate(BatchLoader loader, int epoch) {
        long began = System.nanoTime();
        int images = 0;
        try (Prefetch<Batch> batches = loader.epoch(epoch, 0)) {
            while (batches.hasNext()) {
                images += batches.next().count();
            }
        }
        return images / ((System.nanoTime() - began) / 1e9);
    }
}
