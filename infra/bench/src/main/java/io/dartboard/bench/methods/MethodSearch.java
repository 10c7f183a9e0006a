package io.dartboard.bench.methods;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dartboard.bench.Footprint;
import io.dartboard.bench.Scratch;
import io.dartboard.bench.table.CellTable;
import io.dartboard.bench.table.TableFigure;
import io.dartboard.nas.bilevel.Remedy;
import io.dartboard.nas.bilevel.SearchDivergedException;
import io.dartboard.nas.bilevel.SearchLoop;
import io.dartboard.nas.bilevel.SearchMethod;
import io.dartboard.nas.bilevel.SearchMethods;
import io.dartboard.nas.bilevel.SignSchedule;
import io.dartboard.nas.data.DatasetFiles;
import io.dartboard.nas.derive.DerivationRule;
import io.dartboard.nas.genotype.Architecture;
import io.dartboard.nas.genotype.ConvolutionalArchitecture;
import io.dartboard.nas.genotype.NamedGenotype;
import io.dartboard.nas.genotype.NasBench201Genotype;
import io.dartboard.nas.genotype.RandomSearch;
import io.dartboard.nas.guard.GuardPolicy;
import io.dartboard.nas.image.data.CifarBinary;
import io.dartboard.nas.image.data.CifarFiles;
import io.dartboard.nas.image.data.PixelSet;
import io.dartboard.nas.image.search.ImageSearch;
import io.dartboard.nas.image.search.SearchConfig;
import io.dartboard.nas.image.search.SearchImages;
import io.dartboard.nas.image.train.EpochReport;
import io.dartboard.nas.image.train.RetrainConfig;
import io.dartboard.nas.image.train.Retraining;
import io.dartboard.nas.loop.LoopObserver;
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
import java.util.function.ToDoubleFunction;

/** A {@link SearchTask} that can be done: by the product's own search, and where there is no table its own retraining. */
final class MethodSearch {
    private static final int LOADER_THREADS = 1;
    /** As often as a guard may, by default. */
    private static final int RELAUNCHES = 1;

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
        Fingerprint settings = task.isRandom() || task.isRandomSearch()
                ? drawing()
                : search(task.method(), config).identity().settings();
        Fingerprint judged = retraining()
                .map(retrain -> settings.with("retrain", retrain).with("trainPortion", config.trainPortion()))
                .orElse(settings);
        return (task.guarded() ? judged.with("guard", GuardedEpochs.GUARD) : judged).with("device", task.device());
    }

    /** Of what is drawn at random. */
    private Fingerprint drawing() {
        Fingerprint drawn = Fingerprint.EMPTY
                .with("method", task.method())
                .with("space", yardstick.space().id())
                .with("data", images.data())
                .with("images", images.train().size())
                .with("seed", task.seed());
        return task.isRandomSearch() ? drawn.with("draws", task.draws()).with("chosenBy", task.chosenBy()) : drawn;
    }

    private ImageSearch search(String name, SearchConfig settings) {
        SearchMethod method = SearchMethods.of(name, ImageSearch.METHODS);
        method.require(yardstick.space());
        method.unfitToEndEarly().filter(reason -> task.guarded()).ifPresent(reason -> {
            throw new IllegalArgumentException(
                    "method %s cannot have a guard that acts: %s".formatted(method.id(), reason));
        });
        return new ImageSearch(
                device,
                yardstick.space(),
                method,
                settings,
                SearchImages.of(images, settings),
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
            return task.isRandomSearch() ? chosen() : task.isRandom() ? drawn() : searched();
        } catch (SearchDivergedException | TrainingDivergedException e) {
            return SearchRow.failed(task, settings(), String.valueOf(e.getMessage()));
        }
    }

    private SearchRow drawn() {
        return row(Architecture.random(yardstick.space(), task.seed()), new Spent());
    }

    /** Of several drawn at random the best: by the table, or by a brief retraining of each, which is what it costs. */
    private SearchRow chosen() {
        List<Architecture> cells = new RandomSearch(task.draws())
                .cells(yardstick.space(), List.of(task.seed())).stream()
                        .map(NamedGenotype::genotype)
                        .toList();
        Spent spent = new Spent();
        ToDoubleFunction<Architecture> judge = task.chosenBy().isEmpty() ? cell -> briefly(cell, spent) : byTable();
        Architecture best = cells.get(0);
        double highest = Double.NEGATIVE_INFINITY;
        for (Architecture cell : cells) {
            double accuracy = judge.applyAsDouble(cell);
            if (accuracy > highest) {
                best = cell;
                highest = accuracy;
            }
        }
        return row(best, spent);
    }

    private ToDoubleFunction<Architecture> byTable() {
        CellTable table = CellTable.read();
        TableFigure figure = TableFigure.valueOf(task.chosenBy());
        return cell -> table.accuracy((NasBench201Genotype) cell, figure);
    }

    /** By another seed than that which judges what was chosen: luck in the one shall not count in the other. */
    private double briefly(Architecture cell, Spent spent) {
        long began = System.nanoTime();
        try {
            return retrained(cell, retraining().orElseThrow(), ~task.seed()).accuracy();
        } catch (TrainingDivergedException e) {
            return Double.NEGATIVE_INFINITY;
        } finally {
            spent.seconds += secondsSince(began);
        }
    }

    private SearchRow searched() {
        wakeUp();
        Footprint footprint = Footprint.on(device);
        Spent spent = new Spent();
        Architecture cell = searched(spent);
        spent.peakBytes = footprint.peak();
        return row(cell, spent);
    }

    /** A search, and as often as its guard says so the one that it is made anew as. */
    private Architecture searched(Spent spent) {
        String method = task.method();
        SearchConfig settings = config;
        Optional<Architecture> standing = Optional.empty();
        for (int relaunches = RELAUNCHES; ; relaunches--) {
            GuardedEpochs epochs = searched(search(method, settings), relaunches, spent);
            if (epochs.end().isEmpty()) {
                return epochs.last();
            }
            GuardedEpochs.End end = epochs.end().get();
            if (end.action() != GuardPolicy.Action.RELAUNCH) {
                spent.steered.add(end.told(""));
                Architecture cell = end.cell().orElse(epochs.last());
                return end.collapsed() ? standing.orElse(cell) : cell;
            }
            Remedy remedy = GuardedEpochs.REMEDY.forMethod(method, ImageSearch.METHODS);
            spent.steered.add(end.told(remedy.id()));
            if (end.cell().isPresent()) {
                standing = end.cell();
            }
            method = remedy.method(method);
            settings = decayed(settings, remedy);
        }
    }

    private GuardedEpochs searched(ImageSearch search, int relaunches, Spent spent) {
        GuardedEpochs epochs =
                new GuardedEpochs(rule(search.method()), config.epochs(), new GuardPolicy(task.guarded(), relaunches));
        SignSchedule signs = task.guarded() ? GuardedEpochs.SCHEDULE : SignSchedule.NONE;
        long began = System.nanoTime();
        try (SearchLoop loop = SearchLoop.from(search, signs, Optional.empty())) {
            loop.run(epochs);
        }
        spent.take(epochs, secondsSince(began));
        return epochs;
    }

    private static SearchConfig decayed(SearchConfig settings, Remedy remedy) {
        Map<String, Object> changed = Settings.values(settings);
        changed.put("weightDecay", remedy.weightDecay(settings.weightDecay()));
        return Settings.bind(SearchConfig.class, changed::get);
    }

    /** What the libraries need before any search is no method's. */
    private void wakeUp() {
        try (NDManager scope = Torch.open(device)) {
            scope.zeros(new Shape(1));
        }
    }

    private SearchRow row(Architecture cell, Spent spent) {
        return new SearchRow(
                task.space(),
                task.method(),
                task.guarded(),
                task.seed(),
                settings(),
                cell.toString(),
                spent.epochs,
                spent.steered,
                spent.seconds,
                spent.steps,
                spent.peakBytes,
                retraining().map(retrain -> retrained(cell, retrain, task.seed())),
                "");
    }

    private SearchRow.Retrained retrained(Architecture cell, RetrainConfig retrain, long seed) {
        long began = System.nanoTime();
        TrainingOutcome<EpochReport> outcome = Retraining.selection(
                        (ConvolutionalArchitecture) cell,
                        retrain,
                        images,
                        PixelSet.ALL,
                        config.trainPortion(),
                        seed,
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

    /** What a search, with those that it is made anew as, has taken and shown. */
    private static final class Spent {
        private final List<SearchRow.Epoch> epochs = new ArrayList<>();
        private final List<SearchRow.Steered> steered = new ArrayList<>();
        private double seconds;
        private long steps;
        private long peakBytes;

        void take(GuardedEpochs search, double took) {
            epochs.addAll(search.all());
            steps += search.steps();
            seconds += took;
        }
    }
}
