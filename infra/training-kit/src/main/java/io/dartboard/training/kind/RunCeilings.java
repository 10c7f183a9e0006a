package io.dartboard.training.kind;

import io.dartboard.events.DatasetPublished;
import io.dartboard.events.RunRequested;
import io.dartboard.nas.searchspace.SearchSpace;
import io.dartboard.training.NetworkCeiling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The networks that a run's ceilings are about. A count is a matter of arithmetic, so a cell that is over a ceiling is passed
 * over before a second of device time is spent on it.
 */
public final class RunCeilings {
    private RunCeilings() {}

    /**
     * The evaluation's network, and the transfer's where its dataset is known; each if it has a ceiling.
     *
     * @param target the dataset of the transfer, where one is asked for
     * @throws IllegalArgumentException with one line, if a ceiling is impossible
     */
    public static List<NetworkCeiling> of(
            RunRequested request, DatasetPublished dataset, Optional<DatasetPublished> target) {
        var kind = Kind.of(SearchSpace.of(request.getSearch().getSpace()));
        var networks = new ArrayList<NetworkCeiling>();
        var evaluation = request.getEvaluationCeiling();
        if (evaluation != null) {
            networks.add(named(
                    "evaluation",
                    () -> kind.ceiling(request.getEvaluation(), dataset, NetworkCeiling.cost(evaluation))));
        }
        var transfer = request.getTransferCeiling();
        var settings = request.getTransfer();
        if (transfer != null && settings != null) {
            target.map(to -> named("transfer", () -> kind.ceiling(settings, to, NetworkCeiling.cost(transfer))))
                    .ifPresent(networks::add);
        }
        return networks;
    }

    private static NetworkCeiling named(String network, Supplier<NetworkCeiling> ceiling) {
        try {
            return ceiling.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("ceilings.%s: %s".formatted(network, e.getMessage()), e);
        }
    }
}
