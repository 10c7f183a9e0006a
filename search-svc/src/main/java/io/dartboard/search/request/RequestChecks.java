package io.dartboard.search.request;

import io.dartboard.events.DatasetPublished;
import io.dartboard.events.Layout;
import io.dartboard.events.RunRequested;
import io.dartboard.events.TransferSettings;
import io.dartboard.nas.genotype.Architecture;
import io.dartboard.nas.genotype.NamedGenotype;
import io.dartboard.nas.searchspace.SearchSpace;
import io.dartboard.schemas.Word;
import io.dartboard.search.body.Faults;
import io.dartboard.search.body.Refused;
import io.dartboard.training.NetworkCeiling;
import io.dartboard.training.kind.Kind;
import io.dartboard.training.kind.RunCeilings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

/**
 * What must hold of a request before anything is done for it, whether it came through the REST interface or as an event:
 * whatever can be known to fail hours from now is said now.
 */
public final class RequestChecks {
    /** Each is a job or some; all of them are told in one decision. */
    private static final int MOST_SEEDS = 1_000;

    private RequestChecks() {}

    /**
     * That the run can be done.
     *
     * @param target the dataset to transfer to; empty where there is no transfer, or where it is not published yet and the
     *     transfer will wait for it
     * @throws Refused with one line, if it cannot
     */
    public static void require(RunRequested request, DatasetPublished dataset, Optional<DatasetPublished> target) {
        var search = request.getSearch();
        var space = RunRequests.trying("search", () -> SearchSpace.of(search.getSpace()));
        var kind = Kind.of(space);
        var isGiven = !request.getGenotype().isEmpty();
        requireDataset(dataset, space, isGiven);
        requireSections(request, dataset, target, kind, space);
        if (!isGiven) {
            requireDepths(request, cells -> kind.requireDepth(search, cells));
        }
        var ceilings = ceilings(request, dataset, target);
        if (isGiven) {
            var given = RunRequests.trying("genotype", () -> NamedGenotype.of(request.getGenotype(), space));
            if (!request.getMeasureOnly()) {
                refuseBaseline(given.genotype(), request.getRandomCellSeed(), space);
            }
            requireDepths(request, cells -> kind.requireDepth(request.getGenotype(), cells));
            refuseOver(ceilings, given.genotype(), request.getGenotypeName());
        }
    }

    /** That each section by itself can be done; all that is wrong with them is told together. */
    private static void requireSections(
            RunRequested request,
            DatasetPublished dataset,
            Optional<DatasetPublished> target,
            Kind kind,
            SearchSpace space) {
        var faults = new Faults();
        if (request.getGenotype().isEmpty()) {
            faults.trying(() -> RunRequests.trying("search", () -> kind.require(request.getSearch(), dataset)));
            if (request.getSearch().getGuard() != null) {
                faults.trying(() -> Relaunch.require(request.getSearch().getGuard()));
            }
            faults.trying(() -> requireSeeds("seeds", request.getSearchSeeds()));
            faults.trying(() -> RunRequests.trying(
                    "selection", () -> kind.requireSelection(space, request.getSelection(), dataset)));
        }
        faults.trying(() -> RunRequests.trying(
                "evaluation", () -> kind.requireEvaluation(space, request.getEvaluation(), dataset)));
        faults.trying(() -> requireSeeds("evaluationSeeds", request.getEvaluationSeeds()));
        var transfer = request.getTransfer();
        if (transfer != null) {
            faults.trying(() -> {
                RunRequests.trying("transfer", () -> kind.requireTransferable(space));
                requireTarget(transfer);
                target.ifPresent(to -> requireTransfer(transfer, to, space));
            });
        }
        faults.end();
    }

    /** That the cell, found or given, makes the network of every section that trains it. */
    private static void requireDepths(RunRequested request, IntConsumer check) {
        if (request.getGenotype().isEmpty()) {
            requireDepth("selection", request.getSelection().getCells(), check);
        }
        requireDepth("evaluation", request.getEvaluation().getCells(), check);
        var transfer = request.getTransfer();
        if (transfer != null) {
            requireDepth("transfer", transfer.getCells(), check);
        }
    }

    private static void requireDepth(String section, int cells, IntConsumer check) {
        RunRequests.trying(section, () -> check.accept(cells));
    }

    /**
     * That cells of the space can be searched and trained on a dataset.
     *
     * @param isGiven whether the cell is given, so that nothing is searched
     * @throws Refused with one line, if they cannot
     */
    static void requireDataset(DatasetPublished dataset, SearchSpace space, boolean isGiven) {
        requireTask("dataset", dataset, space);
        requireLayout(Kind.of(space).searched(), isGiven ? "a retraining" : "a search", dataset);
    }

    private static void requireTransfer(TransferSettings transfer, DatasetPublished target, SearchSpace space) {
        var kind = Kind.of(space);
        requireTask("transfer.dataset", target, space);
        requireLayout(Set.of(kind.transferred()), "a transfer", target);
        RunRequests.trying("transfer", () -> kind.require(transfer, target));
    }

    /** Refuses a dataset from which another thing is learned than cells of the space are for. */
    private static void requireTask(String field, DatasetPublished dataset, SearchSpace space) {
        var task = Kind.of(space).task();
        if (dataset.getTask() != task) {
            throw Refused.impossible("%s %s is for %s, and cells of space %s are for %s; name another dataset or space"
                    .formatted(field, dataset.getDataset(), Word.of(dataset.getTask()), space.id(), Word.of(task)));
        }
    }

    private static void requireLayout(Set<Layout> layouts, String what, DatasetPublished dataset) {
        if (!layouts.contains(dataset.getLayout())) {
            throw Refused.impossible("dataset %s is laid out as %s, and %s needs %s"
                    .formatted(
                            dataset.getDataset(),
                            Word.of(dataset.getLayout()),
                            what,
                            layouts.stream().sorted().map(Word::of).collect(Collectors.joining(" or "))));
        }
    }

    private static NetworkCeiling ceilings(
            RunRequested request, DatasetPublished dataset, Optional<DatasetPublished> target) {
        if (request.getTransferCeiling() != null && request.getTransfer() == null) {
            throw Refused.impossible(
                    "ceilings.transfer has no meaning without a transfer; ask for one, or leave it out");
        }
        try {
            return NetworkCeiling.all(RunCeilings.of(request, dataset, target));
        } catch (IllegalArgumentException e) {
            throw Refused.impossible(String.valueOf(e.getMessage()));
        }
    }

    /** That a transfer names the dataset to transfer to. */
    static void requireTarget(TransferSettings transfer) {
        if (transfer.getDataset().isBlank()) {
            throw Refused.malformed("transfer.dataset is missing; it names the dataset to transfer to");
        }
    }

    private static void requireSeeds(String field, List<Long> seeds) {
        if (seeds.isEmpty()) {
            throw Refused.impossible("%s must name at least one seed".formatted(field));
        }
        if (seeds.size() > MOST_SEEDS) {
            throw Refused.impossible("%s must name at most %d seeds (was %d); ask for several runs"
                    .formatted(field, MOST_SEEDS, seeds.size()));
        }
    }

    private static void refuseBaseline(Architecture given, long randomCellSeed, SearchSpace space) {
        if (given.hash().equals(Architecture.random(space, randomCellSeed).hash())) {
            throw Refused.impossible(
                    "genotype: this is the random cell of randomCellSeed %d, with which it would be compared; change either"
                            .formatted(randomCellSeed));
        }
    }

    private static void refuseOver(NetworkCeiling ceilings, Architecture given, String name) {
        RunRequests.trying("ceilings", () -> ceilings.refusal(given.toString())).ifPresent(over -> {
            throw Refused.impossible("genotype%s: %s".formatted(name.isEmpty() ? "" : " " + name, over));
        });
    }
}
