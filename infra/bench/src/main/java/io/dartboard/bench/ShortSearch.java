package io.dartboard.bench;

import ai.djl.Device;
import io.dartboard.nas.bilevel.SearchLoop;
import io.dartboard.nas.bilevel.SearchMethods;
import io.dartboard.nas.bilevel.SearchReport;
import io.dartboard.nas.bilevel.SignSchedule;
import io.dartboard.nas.image.data.CifarBinary;
import io.dartboard.nas.image.data.made.MadeShapes;
import io.dartboard.nas.image.search.ImageSearch;
import io.dartboard.nas.image.search.SearchConfig;
import io.dartboard.nas.image.search.SearchImages;
import io.dartboard.nas.loop.Directive;
import io.dartboard.nas.loop.LoopObserver;
import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.loop.StepReport;
import io.dartboard.nas.optim.AdamSettings;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.tensor.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Twenty steps of a second-order search on made images, in a process of its own: whole, up to a checkpoint, or on from it.
 * Arguments: device, folder of the images, checkpoint, channels, cells, batch, and {@code whole}, {@code before} or
 * {@code after}.
 */
final class ShortSearch {
    static final int STEPS = 20;
    private static final int CHECKPOINT = 10;

    private ShortSearch() {}

    /** Writes the images; once for all processes. */
    static void writeImages(Path folder, int batch) throws IOException {
        MadeShapes.writeCifar(folder, 2 * STEPS * batch, 10, 1);
    }

    /** Prints the alphas, one a line, if it comes to the end. */
    public static void main(String[] args) throws IOException {
        Locale.setDefault(Locale.ROOT);
        Path checkpoint = Path.of(args[2]);
        ImageSearch search = search(Torch.device(args[0]), Path.of(args[1]), args[3], args[4], args[5]);
        Optional<byte[]> kept =
                args[6].equals("after") ? Optional.of(Files.readAllBytes(checkpoint)) : Optional.empty();
        Keeper keeper = new Keeper(args[6].equals("before"), checkpoint);
        try (SearchLoop loop = SearchLoop.from(search, SignSchedule.NONE, kept)) {
            loop.run(keeper);
            for (float alpha : loop.alphas().toArray()) {
                System.out.println(alpha);
            }
        }
        if (keeper.failure.isPresent()) {
            throw keeper.failure.get();
        }
    }

    private static ImageSearch search(Device device, Path folder, String channels, String cells, String batch)
            throws IOException {
        SearchConfig config = new SearchConfig(
                Integer.parseInt(channels),
                Integer.parseInt(cells),
                1,
                Integer.parseInt(batch),
                0.5,
                0.025,
                0.001,
                0.9,
                3e-4,
                5,
                new AdamSettings(3e-4, 0.5, 0.999, 1e-3),
                0,
                0);
        SearchImages images = SearchImages.of(CifarBinary.read(folder).pixels(), config);
        return new ImageSearch(device, CnnSpace.DARTS, SearchMethods.DARTS_SECOND_ORDER, config, images, 1, 1);
    }

    /** Stops at the checkpoint and writes it. */
    private static final class Keeper implements LoopObserver<SearchReport> {
        private final boolean stops;
        private final Path checkpoint;
        private Optional<IOException> failure = Optional.empty();

        Keeper(boolean stops, Path checkpoint) {
            this.stops = stops;
            this.checkpoint = checkpoint;
        }

        @Override
        public Directive afterStep(StepReport report) {
            return stops && report.stepsDone() == CHECKPOINT ? Directive.STOP : Directive.CONTINUE;
        }

        @Override
        public Directive onEpoch(SearchReport report) {
            return Directive.CONTINUE;
        }

        @Override
        public void onSnapshot(Snapshot snapshot) {
            try {
                Files.write(checkpoint, snapshot.bytes());
            } catch (IOException e) {
                failure = Optional.of(e);
            }
        }
    }
}
