package io.dartboard.search.request;

import io.dartboard.events.DatasetPublished;
import io.dartboard.events.Layout;
import io.dartboard.events.RunRequested;
import io.dartboard.events.TransferSettings;
import io.dartboard.nas.searchspace.SearchSpace;
import io.dartboard.pipeline.run.NamedCells;
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
        var cells = NamedCells.of(request);
        requireDataset(dataset, space, !cells.none());
        requireSections(request, cells, dataset, target, kind, space);
        if (cells.none()) {
            requireDepths(request, "", depth -> kind.requireDepth(search, depth));
        }
        var ceilings = ceilings(request, dataset, target);
        CellChecks.requireBaseline(request, cells, ceilings);
        if (!cells.none()) {
            new CellChecks(request, cells, space).require(ceilings);
        }
    }

    /** That each section by itself can be done; all that is wrong with them is told together. */
    private static void requireSections(
            RunRequested request,
            NamedCells cells,
            DatasetPublished dataset,
            Optional<DatasetPublished> target,
            Kind kind,
            SearchSpace space) {
        var faults = new Faults();
        var random = RunRequests.isRandom(request.getSearch());
        if (random && cells.none()) {
            faults.trying(() -> CellChecks.requireDrawn(request, space));
        } else if (cells.none()) {
            faults.trying(() -> RunRequests.trying("search", () -> kind.require(request.getSearch(), dataset)));
            if (request.getSearch().getGuard() != null) {
                faults.trying(() -> Relaunch.require(request.getSearch().getGuard(), request.getSearch()));
            }
        }
        if (random || cells.none()) {
            faults.trying(() -> requireSeeds("seeds", request.getSearchSeeds()));
        }
        if (cells.none() || cells.choosing()) {
            faults.trying(() -> RunRequests.trying(
                    "selection", () -> kind.requireSelection(space, request.getSelection(), dataset)));
        }
        faults.trying(() -> RunRequests.trying(
                "evaluation", () -> kind.requireEvaluation(space, request.getEvaluation(), dataset)));
        faults.trying(() -> requireSeeds("evaluationSeeds", request.getEvaluationSeeds()));
        faults.trying(() -> requireBudget(request.getSeedBudget()));
        if (request.getRacing()) {
            faults.trying(() -> requireRace(request, cells));
        }
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

    /**
     * That the cell, found or given, makes the network of every section that trains it.
     *
     * @param which says of which cell it is, before the section's name
     */
    static void requireDepths(RunRequested request, String which, IntConsumer check) {
        var cells = NamedCells.of(request);
        if (cells.none() || cells.choosing()) {
            requireDepth(which + "selection", request.getSelection().getCells(), check);
        }
        requireDepth(which + "evaluation", request.getEvaluation().getCells(), check);
        var transfer = request.getTransfer();
        if (transfer != null) {
            requireDepth(which + "transfer", transfer.getCells(), check);
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
        RunRequests.trying("transfer", () -> kind.requireTransfer(space, transfer, target));
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

    /** That there is something to stop, and something to stop it for. */
    private static void requireRace(RunRequested request, NamedCells cells) {
        var racing = cells.none()
                ? request.getSearchSeeds().size()
                : cells.genotypes().size();
        if (racing < 2) {
            throw Refused.impossible(
                    "racing has no meaning for one cell, which has none to be compared with; ask for more, or leave it out");
        }
        if (request.getSelection().getEpochs() < 2) {
            throw Refused.impossible(
                    "racing has no meaning where selection.epochs is 1, for it looks between epochs; give it more, or leave racing out");
        }
    }

    private static void requireBudget(int seeds) {
        if (seeds < 0 || seeds > MOST_SEEDS) {
            throw Refused.impossible(
                    "seedBudget must be from 0 to %d, the seeds that may be added for each cell (was %d)"
                            .formatted(MOST_SEEDS, seeds));
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
}
