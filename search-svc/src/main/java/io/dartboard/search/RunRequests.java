package io.dartboard.search;

import io.dartboard.events.DatasetPublished;
import io.dartboard.events.RunRequested;
import io.dartboard.events.Task;
import io.dartboard.events.TransferSettings;
import io.dartboard.nas.searchspace.SearchSpace;
import io.dartboard.pipeline.identity.JobId;
import io.dartboard.pipeline.view.RunBoard;
import io.dartboard.training.NetworkCeiling;
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
    /** What the contract calls otherwise than the records that are trained with, at the beginning of a refusal. */
    private static final Map<String, String> WRITTEN_AS = Map.ofEntries(
            Map.entry("clip", "gradientClip"),
            Map.entry("dropPathProbability", "dropPath"),
            Map.entry("cutoutLength", "cutout"),
            Map.entry("the alpha learning rate", "alphaLearningRate"),
            Map.entry("the alpha weight decay", "alphaWeightDecay"),
            Map.entry("both betas", "alphaBeta1 and alphaBeta2"),
            Map.entry("dropout of words", "dropoutWords"),
            Map.entry("dropout of inputs", "dropoutInputs"),
            Map.entry("dropout of cellInputs", "dropoutCellInputs"),
            Map.entry("dropout of hidden", "dropoutHidden"),
            Map.entry("dropout of outputs", "dropoutOutputs"),
            Map.entry(
                    "the weights of activation and temporal activation regularization",
                    "activationPenalty and temporalPenalty"));

    private final RunBoard board;

    RunRequests(RunBoard board) {
        this.board = board;
    }

    /**
     * The request that a run file comes to. The same file gives the same run.
     *
     * @throws Refused with one line, if it is no run file or could not be done
     */
    RunRequested resolve(String text) {
        return resolve(RunFile.read(text, name -> board.dataset(name)
                .filter(dataset -> dataset.getTask() == Task.LANGUAGE_MODEL)
                .isPresent()));
    }

    private RunRequested resolve(RunFile file) {
        var dataset = dataset(file);
        var checks =
                RunChecks.of(trying("search", () -> SearchSpace.of(file.search().getSpace())));
        checks.dataset(dataset, file.genotype().isPresent() ? "a retraining" : "a search");
        var given = file.genotype().map(written -> trying("genotype", () -> checks.cell(written)));
        if (given.isEmpty()) {
            checks.search(file.search(), dataset);
            seeds("seeds", file.seeds());
            checks.selection(file.selection(), dataset);
        }
        checks.evaluation(file.evaluation(), dataset);
        seeds("evaluationSeeds", file.evaluationSeeds());
        var target = file.transfer().map(this::target);
        target.ifPresent(to -> checks.transfer(file.transfer().orElseThrow(), to));
        var bounds = new Bounds(file, dataset, target).networks();
        given.ifPresent(cell -> {
            refuseBaseline(cell, file.randomCellSeed(), checks);
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
                .setGenotype(given.map(GivenCell::genotype).orElse(""))
                .setEvaluationCeiling(file.evaluationCeiling().orElse(null))
                .setTransferCeiling(file.transferCeiling().orElse(null))
                .build();
        return RunRequested.newBuilder(request)
                .setRun(JobId.run(request))
                .setGenotypeName(given.map(GivenCell::name).orElse(""))
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
        return file.datasetVersion()
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
    }

    /** The dataset that is transferred to. */
    private DatasetPublished target(TransferSettings transfer) {
        if (transfer.getDataset().isBlank()) {
            throw Refused.malformed("transfer.dataset is missing; it names the dataset to transfer to");
        }
        return board.dataset(transfer.getDataset())
                .orElseThrow(() -> neverPublished("transfer.dataset", transfer.getDataset()));
    }

    private static void refuseBaseline(GivenCell given, long randomCellSeed, RunChecks checks) {
        if (given.hash().equals(checks.randomCell(randomCellSeed))) {
            throw Refused.impossible(
                    "genotype: this is the random cell of randomCellSeed %d, with which it would be compared; change either"
                            .formatted(randomCellSeed));
        }
    }

    private static void refuseOver(NetworkCeiling network, GivenCell given) {
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
            throw new Refused(Problem.Kind.IMPOSSIBLE, section + ": " + asWritten(String.valueOf(e.getMessage())), e);
        }
    }

    private static String asWritten(String line) {
        return WRITTEN_AS.entrySet().stream()
                .filter(name -> line.startsWith(name.getKey() + " "))
                .map(name -> name.getValue() + line.substring(name.getKey().length()))
                .findFirst()
                .orElse(line);
    }
}
