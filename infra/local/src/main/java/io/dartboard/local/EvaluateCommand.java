package io.dartboard.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dartboard.local.show.Terminal;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Asks for a run that retrains a given genotype. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description = {
            "Retrain a genotype from scratch, beside a random cell under the same budget, and judge it as if a search had"
                    + " found it.",
            "Of several, each is retrained by the settings of the selection, and the best by validation goes on.",
            "With --file, under the settings of a run's file: what only a search needs (method, search, seeds, and for one"
                    + " genotype selection) is left aside, so that the result stands beside that run's.",
            "Example: infra/run evaluate --genotype DARTS_V2 --dataset cifar10 --epochs 100 --seeds 0,1,2"
        })
final class EvaluateCommand implements Callable<Integer> {
    private static final List<String> SEARCHING = List.of("method", "parts", "search", "seeds");

    @Mixin
    private final StackOptions stack;

    @Option(
            names = "--genotype",
            required = true,
            paramLabel = "CELL",
            description =
                    "DARTS_V1, DARTS_V2, NASNET_A, AMOEBANET_A, random[:SEED] or a text 'Genotype(...)'; of NAS-Bench-201"
                            + " a text '|op~0|+|op~0|op~1|+|op~0|op~1|op~2|'; where the dataset is a text, the recurrent cell ENAS, DARTS_V1, DARTS_V2, random[:SEED] or a text."
                            + " Give it again for each of several to choose among.")
    private List<String> genotypes = List.of();

    @Option(names = "--dataset", paramLabel = "NAME", description = "Name of a published dataset.")
    private @Nullable String dataset;

    @Option(names = "--file", paramLabel = "FILE", description = "A run's file whose settings are taken.")
    private @Nullable Path file;

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            description = "Recipe of the retraining (default: darts-cifar10-evaluation, of a cell of NAS-Bench-201"
                    + " nas-bench-201-evaluation); infra/run presets lists all.")
    private @Nullable String preset;

    @Option(
            names = "--seeds",
            split = ",",
            paramLabel = "N",
            description = "One retraining each of the cell and of the random cell (default: 0 to 9).")
    private @Nullable List<Long> seeds;

    @Option(names = "--epochs", paramLabel = "N", description = "Epochs of a retraining.")
    private @Nullable Integer epochs;

    @Option(names = "--images", paramLabel = "N", description = "Train on the first N images.")
    private @Nullable Integer images;

    @Option(
            names = "--resolution",
            paramLabel = "N",
            description = "Bring the images to so many pixels a side (default: as the dataset has them; photographs of"
                    + " different sizes to 32).")
    private @Nullable Integer resolution;

    @Option(names = "--batch-size", paramLabel = "N", description = "Images of a step.")
    private @Nullable Integer batchSize;

    @Option(names = "--cells", paramLabel = "N", description = "Cells of the network.")
    private @Nullable Integer cells;

    @Option(names = "--channels", paramLabel = "N", description = "Channels of the first cell.")
    private @Nullable Integer channels;

    @Option(
            names = "--transfer",
            paramLabel = "NAME",
            description = "Transfer the cell to this dataset as well (recipe darts-imagenet-mobile, or the file's).")
    private @Nullable String transfer;

    @Option(names = "--watch", description = "Watch the run to its end.")
    private boolean watch;

    EvaluateCommand(Terminal terminal) {
        stack = new StackOptions(terminal);
    }

    @Override
    public Integer call() {
        var request = request(file == null ? JsonNodeFactory.instance.objectNode() : SubmitCommand.read(file));
        var submitted = SubmitCommand.submit(stack.requireRunning(), request);
        return watch ? Watching.untilTheEnd(stack, submitted.run()) : Exit.OK;
    }

    /** The run's file: the options laid over those parts of the given one that a run without a search has. */
    ObjectNode request(JsonNode given) {
        if (!(given instanceof ObjectNode object)) {
            throw CommandFailure.badInput("%s must be an object in braces".formatted(file));
        }
        var request = object.deepCopy();
        request.remove(SEARCHING);
        if (genotypes.size() == 1) {
            request.remove("selection");
            request.put("genotype", genotypes.get(0));
        } else {
            var list = request.putArray("genotype");
            genotypes.forEach(list::add);
        }
        if (dataset != null) {
            request.put("dataset", dataset);
        }
        if (!request.hasNonNull("dataset")) {
            throw CommandFailure.badInput("--dataset is missing; name a published dataset (infra/run datasets list)");
        }
        if (seeds != null) {
            var list = request.putArray("evaluationSeeds");
            seeds.forEach(list::add);
        }
        if (preset != null) {
            section(request, "evaluation").put("preset", preset);
        }
        evaluation(request, "epochs", epochs);
        evaluation(request, "images", images);
        evaluation(request, "resolution", resolution);
        evaluation(request, "batchSize", batchSize);
        evaluation(request, "cells", cells);
        evaluation(request, "channels", channels);
        if (transfer != null) {
            section(request, "transfer").put("dataset", transfer);
        }
        return request;
    }

    private static void evaluation(ObjectNode request, String name, @Nullable Integer value) {
        if (value != null) {
            section(request, "evaluation").put(name, value);
        }
    }

    private static ObjectNode section(ObjectNode request, String name) {
        return request.get(name) instanceof ObjectNode section ? section : request.putObject(name);
    }
}
