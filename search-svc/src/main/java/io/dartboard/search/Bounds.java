package io.dartboard.search;

import io.dartboard.events.Ceiling;
import io.dartboard.events.DatasetPublished;
import io.dartboard.nas.cost.CostCeiling;
import io.dartboard.training.NetworkCeiling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The networks that a run's ceilings are about.
 *
 * @param target the dataset of the transfer, where one is asked for
 */
record Bounds(RunFile file, DatasetPublished dataset, Optional<DatasetPublished> target) {
    /**
     * The evaluation's network, and the transfer's where there is one.
     *
     * @throws Refused if a ceiling is impossible, or is about a transfer that nobody asks for
     */
    List<NetworkCeiling> networks() {
        var networks = new ArrayList<NetworkCeiling>();
        file.evaluationCeiling()
                .ifPresent(ceiling ->
                        networks.add(NetworkCeiling.of(file.evaluation(), dataset, limit("evaluation", ceiling))));
        file.transferCeiling().ifPresent(ceiling -> {
            var transfer = file.transfer()
                    .orElseThrow(() -> Refused.impossible(
                            "ceilings.transfer has no meaning without a transfer; ask for one, or leave it out"));
            networks.add(NetworkCeiling.of(transfer, target.orElseThrow(), limit("transfer", ceiling)));
        });
        return networks;
    }

    private static CostCeiling limit(String name, Ceiling ceiling) {
        return RunRequests.trying("ceilings." + name, () -> NetworkCeiling.cost(ceiling));
    }
}
