package io.dartboard.search;

import io.dartboard.events.DatasetPublished;
import io.dartboard.events.RunRequested;
import io.dartboard.events.Task;
import io.dartboard.events.TransferSettings;
import io.dartboard.nas.searchspace.SearchSpace;
import io.dartboard.pipeline.identity.JobId;
import io.dartboard.pipeline.view.RunBoard;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Makes a request of a run file, and refuses what could not be done ({@link RequestChecks}). Every check of a
 * hyperparameter is that of the record which will be trained with.
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
        requireDistinct("seeds", file.seeds());
        requireDistinct("evaluationSeeds", file.evaluationSeeds());
        var target = file.transfer().map(this::target);
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
        var named = RunRequested.newBuilder(request)
                .setRun(JobId.run(request))
                .setGenotypeName(given.map(GivenCell::name).orElse(""))
                .setRequestedBy(file.requestedBy())
                .build();
        RequestChecks.require(named, dataset, target);
        return named;
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
        RequestChecks.requireTarget(transfer);
        return board.dataset(transfer.getDataset())
                .orElseThrow(() -> neverPublished("transfer.dataset", transfer.getDataset()));
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

    private static void requireDistinct(String field, List<Long> seeds) {
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
        } catch (ArithmeticException e) {
            throw new Refused(
                    Problem.Kind.IMPOSSIBLE, section + ": its numbers are too large to count with; ask for less", e);
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
