package io.dartboard.bench.methods;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dartboard.bench.Footprint;
import io.dartboard.bench.Scratch;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.bilevel.SearchDivergedException;
import io.dartboard.nas.bilevel.SearchLoop;
import io.dartboard.nas.bilevel.SearchMethod;
import io.dartboard.nas.bilevel.SearchMethods;
import io.dartboard.nas.bilevel.SearchReport;
import io.dartboard.nas.data.DatasetFiles;
import io.dartboard.nas.derive.DerivationRule;
import io.dartboard.nas.genotype.Architecture;
import io.dartboard.nas.genotype.ConvolutionalArchitecture;
import io.dartboard.nas.image.data.CifarBinary;
import io.dartboard.nas.image.data.CifarFiles;
import io.dartboard.nas.image.data.PixelSet;
import io.dartboard.nas.image.search.ImageSearch;
import io.dartboard.nas.image.search.SearchConfig;
import io.dartboard.nas.image.search.SearchImages;
import io.dartboard.nas.image.train.EpochReport;
import io.dartboard.nas.image.train.RetrainConfig;
import io.dartboard.nas.image.train.Retraining;
import io.dartboard.nas.loop.Directive;
import io.dartboard.nas.loop.LoopObserver;
import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.loop.StepReport;
import io.dartboard.nas.provenance.Fingerprint;
import io.dartboard.nas.setting.Settings;
import io.dartboard.nas.tensor.Torch;
import io.dartboard.nas.train.Compute;
import io.dartboard.nas.train.TrainingDivergedException;
import io.dartboard.nas.train.TrainingOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A {@link SearchTask} that can be done: by the product's own search, and where there is no table its own retraining. */
final class MethodSearch {
    private static final int LOADER_THREADS = 1;

    private final SearchTask task;
    private final Yardstick yardstick;
    private final Device device;
    private final SearchConfig config;
    private final PixelSet images;

    /**
     * Puts it together.
     *
     * @param images what {@link #images} has read
     * @throws IllegalArgumentException if a setting cannot be, with one line that begins with its name
     */
    MethodSearch(SearchTask task, PixelSet images) {
        this.task = task;
        this.yardstick = Yardstick.of(task.space());
        this.device = Torch.device(task.device());
        this.config = Settings.bind(SearchConfig.class, task.config()::get);
        yardstick.space().requireCells(config.cells());
        this.images = images;
    }

    /**
     * Reads a task's images, in a form that CIFAR-10 or CIFAR-100 come in.
     *
     * @throws io.dartboard.nas.data.InvalidDatasetException if it is none
     * @throws IllegalArgumentException if there are too few
     */
    static PixelSet images(SearchTask task) throws IOException {
        try (Scratch scratch = Scratch.make();
                DatasetFiles files = DatasetFiles.open(Path.of(task.data()), scratch.folder(), read -> {})) {
            PixelSet all = CifarBinary.of(CifarFiles.of(files, CifarFiles.Labels.FINE, Long.MAX_VALUE))
                    .pixels()
                    .limitedTo(task.images());
            return task.side() == 0 ? all : all.resized(task.side());
        }
    }

    /**
     * All that determines what it comes to.
     *
     * @throws IllegalArgumentException if this method cannot search so, with one line that says why
     */
    Fingerprint settings() {
        Fingerprint settings;
        if (task.isRandom()) {
            settings = Fingerprint.EMPTY
                    .with("method", SearchTask.RANDOM)
                    .with("space", yardstick.space().id())
                    .with("data", images.data())
                    .with("images", images.train().size())
                    .with("seed", task.seed());
        } else {
            settings = search().identity().settings();
        }
        return retraining()
                .map(retrain -> settings.with("retrain", retrain).with("trainPortion", config.trainPortion()))
                .orElse(settings)
                .with("device", task.device());
    }

    private ImageSearch search() {
        SearchMethod method = SearchMethods.of(task.method(), ImageSearch.METHODS);
        method.require(yardstick.space());
        return new ImageSearch(
                device,
                yardstick.space(),
                method,
                config,
                SearchImages.of(images, config),
                task.seed(),
                LOADER_THREADS);
    }

    private DerivationRule rule(SearchMethod method) {
        return method.discretization().rule(yardstick.space(), method.relaxation());
    }

    /** As the brief retraining of DARTS, in the size of the search, without what helps long trainings only. */
    private Optional<RetrainConfig> retraining() {
        if (task.retrainEpochs() == 0) {
            return Optional.empty();
        }
        Map<String, Object> settings = Settings.values(RetrainConfig.paperSelection());
        settings.put("channels", config.channels());
        settings.put("cells", config.cells());
        settings.put("epochs", task.retrainEpochs());
        settings.put("batchSize", config.batchSize());
        settings.put("auxiliaryWeight", 0.0);
        settings.put("dropPath", 0.0);
        settings.put("cutout", 0);
        return Optional.of(Settings.bind(RetrainConfig.class, settings::get));
    }

    /** Does it. */
    SearchRow run() {
        try {
            return task.isRandom() ? drawn() : searched();
        } catch (SearchDivergedException | TrainingDivergedException e) {
            return SearchRow.failed(task, settings(), String.valueOf(e.getMessage()));
        }
    }

    private SearchRow drawn() {
        Architecture cell = Architecture.random(yardstick.space(), task.seed());
        return row(cell, List.of(), 0, 0, 0);
    }

    private SearchRow searched() {
        ImageSearch search = search();
        DerivationRule rule = rule(search.method());
        wakeUp();
        Footprint footprint = Footprint.on(device);
        Epochs epochs = new Epochs(rule);
        long began = System.nanoTime();
        Alphas alphas;
        try (SearchLoop loop = SearchLoop.start(search)) {
            alphas = loop.run(epochs).alphas();
        }
        double seconds = secondsSince(began);
        return row(rule.derive(alphas).architecture(), epochs.all, seconds, epochs.steps, footprint.peak());
    }

    /** What the libraries need before any search is no method's. */
    private void wakeUp() {
        try (NDManager scope = Torch.open(device)) {
            scope.zeros(new Shape(1));
        }
    }

    private SearchRow row(Architecture cell, List<SearchRow.Epoch> epochs, double seconds, long steps, long peak) {
        return new SearchRow(
                task.space(),
                task.method(),
                task.seed(),
                settings(),
                cell.toString(),
                epochs,
                seconds,
                steps,
                peak,
                retraining().map(retrain -> retrained(cell, retrain)),
                "");
    }

    private SearchRow.Retrained retrained(Architecture cell, RetrainConfig retrain) {
        long began = System.nanoTime();
        TrainingOutcome<EpochReport> outcome = Retraining.selection(
                        (ConvolutionalArchitecture) cell,
                        retrain,
                        images,
                        PixelSet.ALL,
                        config.trainPortion(),
                        task.seed(),
                        new Compute(device, LOADER_THREADS))
                .run(LoopObserver.silent());
        if (outcome instanceof TrainingOutcome.Finished<EpochReport> finished) {
            List<EpochReport> curve = finished.curve();
            double accuracy = 100 * curve.get(curve.size() - 1).heldOutAccuracy();
            return new SearchRow.Retrained(accuracy, secondsSince(began));
        }
        throw new IllegalStateException("nobody has stopped the retraining");
    }

    private static double secondsSince(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    /** Keeps what the search would have come to after each epoch. */
    private static final class Epochs implements LoopObserver<SearchReport> {
        private final DerivationRule rule;
        private final List<SearchRow.Epoch> all = new ArrayList<>();
        private long steps;

        Epochs(DerivationRule rule) {
            this.rule = rule;
        }

        @Override
        public Directive afterStep(StepReport report) {
            return Directive.CONTINUE;
        }

        @Override
        public Directive onEpoch(SearchReport report) {
            steps = report.stepsDone();
            all.add(new SearchRow.Epoch(
                    rule.derive(report.alphas()).architecture().toString(),
                    100 * report.valid().accuracy().orElse(0)));
            return Directive.CONTINUE;
        }

        @Override
        public void onSnapshot(Snapshot snapshot) {
            // None is asked for.
        }
    }
}
