package io.dartboard.search;

import io.dartboard.events.DatasetPublished;
import io.dartboard.events.Layout;
import io.dartboard.events.RetrainSettings;
import io.dartboard.events.RunRequested;
import io.dartboard.events.SearchSettings;
import io.dartboard.events.TransferSettings;
import io.dartboard.nas.cost.BoundedNetwork;
import io.dartboard.nas.data.Split;
import io.dartboard.nas.genotype.NamedGenotype;
import io.dartboard.nas.genotype.RandomGenotype;
import io.dartboard.nas.search.SearchMethod;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.pipeline.identity.JobId;
import io.dartboard.pipeline.view.RunBoard;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Makes a request of a run file, and refuses what could not be done: whatever can be known to fail hours from now is said
 * now. Every check of a hyperparameter is that of the record which will be trained with.
 */
final class RunRequests {
    /** Share of the images that trains in the selection; eval-svc holds the other half out. */
    private static final double SELECTION_PORTION = 0.5;

    /** What the contract calls otherwise than the records that are trained with. */
    private static final Map<String, String> WRITTEN_AS = Map.of(
            "clip", "gradientClip",
            "dropPathProbability", "dropPath",
            "cutoutLength", "cutout");

    private final RunBoard board;

    RunRequests(RunBoard board) {
        this.board = board;
    }

    /**
     * The request that a run file comes to. The same file gives the same run.
     *
     * @throws Refused with one line, if it could not be done
     */
    RunRequested resolve(RunFile file) {
        var dataset = dataset(file);
        var space = trying("search", () -> SearchEvents.space(file.search()));
        var given = file.genotype().map(written -> trying("genotype", () -> NamedGenotype.of(written, space)));
        if (given.isEmpty()) {
            check(file.search(), dataset);
            seeds("seeds", file.seeds());
            check("selection", file.selection(), dataset, SELECTION_PORTION);
        }
        check("evaluation", file.evaluation(), dataset, 1);
        seeds("evaluationSeeds", file.evaluationSeeds());
        var target = file.transfer().map(this::check);
        var bounds = new Bounds(file, dataset, target).networks();
        given.ifPresent(cell -> {
            refuseBaseline(cell, file.randomCellSeed(), space);
            bounds.forEach(network -> refuseOver(network, cell));
        });
        var request = RunRequested.newBuilder()
                .setRun("")
                .setDataset(dataset.getDataset())
                .setDatasetVersion(dataset.getVersion())
                .setSearch(file.search())
                .setSearchSeeds(file.seeds())
                .setSelection(file.selection())
                .setEvaluation(file.evaluation())
                .setEvaluationSeeds(file.evaluationSeeds())
                .setRandomCellSeed(file.randomCellSeed())
                .setTransfer(file.transfer().orElse(null))
                .setGenotype(given.map(cell -> cell.genotype().toString()).orElse(""))
                .setEvaluationCeiling(file.evaluationCeiling().orElse(null))
                .setTransferCeiling(file.transferCeiling().orElse(null))
                .build();
        return RunRequested.newBuilder(request)
                .setRun(JobId.run(request))
                .setGenotypeName(given.map(NamedGenotype::name).orElse(""))
                .setRequestedBy(file.requestedBy())
                .build();
    }

    private DatasetPublished dataset(RunFile file) {
        var versions = board.datasets().stream()
                .filter(each -> each.getDataset().equals(file.dataset()))
                .toList();
        if (versions.isEmpty()) {
            throw neverPublished("dataset", file.dataset());
        }
        var dataset = file.datasetVersion()
                .map(version -> versions.stream()
                        .filter(each -> each.getVersion().equals(version))
                        .findFirst()
                        .orElseThrow(() -> Refused.impossible("dataset %s has no version %s; published are %s"
                                .formatted(
                                        file.dataset(),
                                        version,
                                        versions.stream()
                                                .map(DatasetPublished::getVersion)
                                                .collect(Collectors.joining(", "))))))
                .or(() -> board.dataset(file.dataset()))
                .orElseThrow();
        return laidOutAs(Layout.CIFAR_BINARY, file.genotype().isPresent() ? "a retraining" : "a search", dataset);
    }

    private void check(SearchSettings search, DatasetPublished dataset) {
        trying("search", () -> SearchMethod.of(search.getMethod()));
        var config = trying("search", () -> SearchEvents.config(search));
        var images = images("search", search.getImages(), dataset);
        var split = trying("search", () -> Split.of(images, config.trainPortion()));
        batch("search", search.getBatchSize(), split.train(), "that train the weights");
        batch("search", search.getBatchSize(), split.valid(), "that train the alphas");
    }

    private static void check(String section, RetrainSettings retrain, DatasetPublished dataset, double portion) {
        trying(section, () -> SearchEvents.config(retrain));
        var images = images(section, retrain.getImages(), dataset);
        batch(section, retrain.getBatchSize(), (int) Math.floor(portion * images), "that train");
    }

    /** The dataset that is transferred to. */
    private DatasetPublished check(TransferSettings transfer) {
        if (transfer.getDataset().isBlank()) {
            throw Refused.malformed("transfer.dataset is missing; it names the dataset to transfer to");
        }
        var dataset = board.dataset(transfer.getDataset())
                .orElseThrow(() -> neverPublished("transfer.dataset", transfer.getDataset()));
        laidOutAs(Layout.IMAGE_FOLDER, "a transfer", dataset);
        trying("transfer", () -> SearchEvents.config(transfer));
        var images = images("transfer", transfer.getImages(), dataset);
        batch("transfer", transfer.getBatchSize(), images, "that train");
        return dataset;
    }

    private static void refuseBaseline(NamedGenotype given, long randomCellSeed, CnnSpace space) {
        if (given.genotype()
                .hash()
                .equals(RandomGenotype.ofSeed(space, randomCellSeed).hash())) {
            throw Refused.impossible(
                    "genotype: this is the random cell of randomCellSeed %d, with which it would be compared; change either"
                            .formatted(randomCellSeed));
        }
    }

    private static void refuseOver(BoundedNetwork network, NamedGenotype given) {
        trying("ceilings", () -> network.refusal(given.genotype())).ifPresent(over -> {
            throw Refused.impossible(
                    "genotype%s: %s".formatted(given.name().isEmpty() ? "" : " " + given.name(), over));
        });
    }

    private Refused neverPublished(String field, String name) {
        var known = board.datasets().stream()
                .map(DatasetPublished::getDataset)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return Refused.impossible("%s %s was never published; %s. Publish it with POST /v1/datasets"
                .formatted(field, name, known.isEmpty() ? "no dataset is" : "published are " + known));
    }

    private static DatasetPublished laidOutAs(Layout layout, String what, DatasetPublished dataset) {
        if (dataset.getLayout() != layout) {
            throw Refused.impossible("dataset %s is laid out as %s, and %s needs %s"
                    .formatted(
                            dataset.getDataset(),
                            DatasetRequest.name(dataset.getLayout()),
                            what,
                            DatasetRequest.name(layout)));
        }
        return dataset;
    }

    private static int images(String section, int asked, DatasetPublished dataset) {
        var all = Math.toIntExact(dataset.getTrainExamples());
        if (asked < 0 || asked > all) {
            throw Refused.impossible(
                    "%s: images must lie between 1 and %d, the training images of %s; 0 means all (was %d)"
                            .formatted(section, all, dataset.getDataset(), asked));
        }
        return asked == 0 ? all : asked;
    }

    private static void batch(String section, int batchSize, int images, String which) {
        if (batchSize > images) {
            throw Refused.impossible("%s: batchSize must be at most %d, as many as there are images %s (was %d)"
                    .formatted(section, images, which, batchSize));
        }
    }

    private static void seeds(String field, List<Long> seeds) {
        if (seeds.isEmpty()) {
            throw Refused.impossible("%s must name at least one seed".formatted(field));
        }
        var seen = new HashSet<Long>();
        for (var seed : seeds) {
            if (!seen.add(seed)) {
                throw Refused.impossible("%s must be distinct: the same seed gives the same result (%d is named twice)"
                        .formatted(field, seed));
            }
        }
    }

    /** Lets a record check itself, and says in which section of the run file it was wrong. */
    static <T> T trying(String section, Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            var line = String.valueOf(e.getMessage());
            var field = line.split("\\W", 2)[0];
            throw new Refused(
                    Problem.Kind.IMPOSSIBLE,
                    section + ": " + WRITTEN_AS.getOrDefault(field, field) + line.substring(field.length()),
                    e);
        }
    }
}
