package io.dartboard.search;

import io.dartboard.events.Ceiling;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.RunRequested;
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
record Bounds(RunRequested request, DatasetPublished dataset, Optional<DatasetPublished> target) {
    /**
     * The evaluation's network, and the transfer's where its dataset is known.
     *
     * @throws Refused if a ceiling is impossible, or is about a transfer that nobody asks for
     */
    List<NetworkCeiling> networks() {
        var networks = new ArrayList<NetworkCeiling>();
        var evaluation = request.getEvaluationCeiling();
        if (evaluation != null) {
            networks.add(NetworkCeiling.of(request.getEvaluation(), dataset, limit("evaluation", evaluation)));
        }
        var transfer = request.getTransferCeiling();
        if (transfer != null) {
            var settings = request.getTransfer();
            if (settings == null) {
                throw Refused.impossible(
                        "ceilings.transfer has no meaning without a transfer; ask for one, or leave it out");
            }
            var limit = limit("transfer", transfer);
            target.ifPresent(to -> networks.add(NetworkCeiling.of(settings, to, limit)));
        }
        return networks;
    }

    private static CostCeiling limit(String name, Ceiling ceiling) {
        return RunRequests.trying("ceilings." + name, () -> NetworkCeiling.cost(ceiling));
    }
}
