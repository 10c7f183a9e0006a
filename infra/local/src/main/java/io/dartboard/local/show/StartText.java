package io.dartboard.local.show;

import io.dartboard.nas.genotype.KnownNetwork;
import io.dartboard.nas.searchspace.SearchSpace;
import io.dartboard.pipeline.view.SearchView;
import java.util.Optional;

/** How far a search has come from the known network that it began with, for people. */
final class StartText {
    private StartText() {}

    /** Empty where it began with none. */
    static Optional<String> line(SearchView search) {
        return search.finalGenotype().or(search::lastGenotype).flatMap(derived -> Optional.ofNullable(
                        derived.getFromStart())
                .flatMap(distance -> KnownNetwork.around(SearchSpace.of(derived.getSpace()))
                        .map(network -> Quantity.format(
                                "%.4f from %s at epoch %d", distance, network.name(), derived.getEpoch()))));
    }
}
