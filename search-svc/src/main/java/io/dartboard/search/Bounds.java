package io.dartboard.search;

import io.dartboard.events.Ceiling;
import io.dartboard.events.DatasetPublished;
import io.dartboard.nas.cost.BoundedNetwork;
import io.dartboard.nas.cost.CostCeiling;
import io.dartboard.nas.cost.ImageSize;
import io.dartboard.nas.cost.Stem;
import io.dartboard.nas.data.PixelImages;
import io.dartboard.nas.searchspace.NetworkShape;
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
    List<BoundedNetwork> networks() {
        var networks = new ArrayList<BoundedNetwork>();
        file.evaluationCeiling().ifPresent(ceiling -> {
            var evaluation = file.evaluation();
            networks.add(network(
                    "evaluation",
                    Stem.CIFAR,
                    new NetworkShape(evaluation.getChannels(), evaluation.getCells(), dataset.getClasses()),
                    PixelImages.SIDE,
                    ceiling));
        });
        file.transferCeiling().ifPresent(ceiling -> {
            var transfer = file.transfer()
                    .orElseThrow(() -> Refused.impossible(
                            "ceilings.transfer has no meaning without a transfer; ask for one, or leave it out"));
            networks.add(network(
                    "transfer",
                    Stem.IMAGENET,
                    new NetworkShape(
                            transfer.getChannels(),
                            transfer.getCells(),
                            target.orElseThrow().getClasses()),
                    transfer.getResolution(),
                    ceiling));
        });
        return networks;
    }

    private static BoundedNetwork network(String name, Stem stem, NetworkShape shape, int side, Ceiling ceiling) {
        var bound = RunRequests.trying(
                "ceilings." + name, () -> new CostCeiling(ceiling.getParameters(), ceiling.getMultiplyAdds()));
        return new BoundedNetwork("the %s network".formatted(name), stem, shape, ImageSize.square(side), bound);
    }
}
