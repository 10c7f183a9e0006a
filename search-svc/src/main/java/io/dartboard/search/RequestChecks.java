package io.dartboard.search;

import io.dartboard.events.DatasetPublished;
import io.dartboard.events.RunRequested;
import io.dartboard.events.TransferSettings;
import io.dartboard.nas.searchspace.SearchSpace;
import io.dartboard.training.NetworkCeiling;
import java.util.List;
import java.util.Optional;

/**
 * What must hold of a request before anything is done for it, whether it came through the REST interface or as an event:
 * whatever can be known to fail hours from now is said now.
 */
final class RequestChecks {
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
    static void require(RunRequested request, DatasetPublished dataset, Optional<DatasetPublished> target) {
        var search = request.getSearch();
        var isGiven = !request.getGenotype().isEmpty();
        var checks = RunChecks.of(RunRequests.trying("search", () -> SearchSpace.of(search.getSpace())));
        checks.dataset(dataset, isGiven ? "a retraining" : "a search");
        if (!isGiven) {
            checks.search(search, dataset);
            requireSeeds("seeds", request.getSearchSeeds());
            checks.selection(request.getSelection(), dataset);
        }
        checks.evaluation(request.getEvaluation(), dataset);
        requireSeeds("evaluationSeeds", request.getEvaluationSeeds());
        var transfer = request.getTransfer();
        if (transfer != null) {
            requireTarget(transfer);
            target.ifPresent(to -> checks.transfer(transfer, to));
        }
        var bounds = new Bounds(request, dataset, target).networks();
        if (isGiven) {
            var given = RunRequests.trying("genotype", () -> checks.cell(request.getGenotype()));
            refuseBaseline(given, request.getRandomCellSeed(), checks);
            bounds.forEach(network -> refuseOver(network, given, request.getGenotypeName()));
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

    private static void refuseBaseline(GivenCell given, long randomCellSeed, RunChecks checks) {
        if (given.hash().equals(checks.randomCell(randomCellSeed))) {
            throw Refused.impossible(
                    "genotype: this is the random cell of randomCellSeed %d, with which it would be compared; change either"
                            .formatted(randomCellSeed));
        }
    }

    private static void refuseOver(NetworkCeiling network, GivenCell given, String name) {
        RunRequests.trying("ceilings", () -> network.refusal(given.genotype())).ifPresent(over -> {
            throw Refused.impossible("genotype%s: %s".formatted(name.isEmpty() ? "" : " " + name, over));
        });
    }
}
