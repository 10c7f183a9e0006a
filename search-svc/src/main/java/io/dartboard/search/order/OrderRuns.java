package io.dartboard.search.order;

import io.dartboard.events.OrderPlaced;
import io.dartboard.events.RunRequested;
import io.dartboard.pipeline.identity.JobId;
import io.dartboard.search.request.RunRequests;
import java.util.Collections;
import java.util.List;

/** The runs that a standing order asks for. The same order on the same version asks for the same run. */
final class OrderRuns {
    private OrderRuns() {}

    /** A search on a version, with all that follows it. */
    static RunRequested search(OrderPlaced order, String version) {
        return named(RunRequested.newBuilder(order.getRun()), order, version);
    }

    /** A search on a version that was searched on so many times before, with seeds that none of those had. */
    static RunRequested searchAgain(OrderPlaced order, String version, int times) {
        var seeds = order.getRun().getSearchSeeds();
        var span = Collections.max(seeds) - Collections.min(seeds) + 1;
        var others = seeds.stream().map(seed -> seed + times * span).toList();
        return named(RunRequested.newBuilder(RunRequests.withSeeds(order.getRun(), others)), order, version);
    }

    /** The champion's cell, retrained briefly on a version. */
    static RunRequested measure(OrderPlaced order, String version, String genotype) {
        var run = order.getRun();
        var seeds = run.getEvaluationSeeds();
        return named(
                RunRequested.newBuilder(run)
                        .setGenotype(genotype)
                        .setGenotypeName("")
                        .setGenotypes(List.of())
                        .setGenotypeNames(List.of())
                        .setSearchSeeds(List.of())
                        .setRandomCells(1)
                        .setSeedBudget(0)
                        .setRacing(false)
                        .setEvaluation(run.getSelection())
                        .setEvaluationSeeds(seeds.subList(
                                0, Math.min(seeds.size(), order.getPolicy().getMeasureSeeds())))
                        .setTransfer(null)
                        .setEvaluationCeiling(null)
                        .setTransferCeiling(null)
                        .setMeasureOnly(true),
                order,
                version);
    }

    private static RunRequested named(RunRequested.Builder run, OrderPlaced order, String version) {
        var request = run.setRun("")
                .setDataset(order.getDataset())
                .setDatasetVersion(version)
                .setRequestedBy("order " + order.getOrder())
                .setRequestEpoch(0)
                .build();
        return RunRequested.newBuilder(request).setRun(JobId.run(request)).build();
    }
}
