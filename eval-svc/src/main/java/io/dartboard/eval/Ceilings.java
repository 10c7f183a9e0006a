package io.dartboard.eval;

import io.dartboard.events.Ceiling;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.GenotypeDerived;
import io.dartboard.events.NoCellSelected;
import io.dartboard.events.PassedOver;
import io.dartboard.events.RunRequested;
import io.dartboard.nas.cost.BoundedNetwork;
import io.dartboard.nas.cost.CostCeiling;
import io.dartboard.nas.cost.ImageSize;
import io.dartboard.nas.cost.Stem;
import io.dartboard.nas.data.PixelImages;
import io.dartboard.nas.genotype.Genotype;
import io.dartboard.nas.searchspace.NetworkShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the networks of a run's cell may cost. A count is a matter of arithmetic, so a cell that is over a ceiling is passed
 * over before a second of device time is spent on it.
 */
final class Ceilings {
    private final List<BoundedNetwork> networks;

    private Ceilings(List<BoundedNetwork> networks) {
        this.networks = networks;
    }

    /** True if the classes of the dataset that is transferred to must be known to count. */
    static boolean needTarget(RunRequested request) {
        return request.getTransferCeiling() != null && request.getTransfer() != null;
    }

    /**
     * The ceilings of a run.
     *
     * @param target the dataset that is transferred to, where {@link #needTarget} says so
     */
    static Ceilings of(RunRequested request, DatasetPublished dataset, Optional<DatasetPublished> target) {
        var networks = new ArrayList<BoundedNetwork>();
        var evaluation = request.getEvaluation();
        Optional.ofNullable(request.getEvaluationCeiling())
                .ifPresent(ceiling -> networks.add(new BoundedNetwork(
                        "the evaluation network",
                        Stem.CIFAR,
                        new NetworkShape(evaluation.getChannels(), evaluation.getCells(), dataset.getClasses()),
                        ImageSize.square(PixelImages.SIDE),
                        bound(ceiling))));
        var transfer = request.getTransfer();
        var transferCeiling = request.getTransferCeiling();
        if (transfer != null && transferCeiling != null && target.isPresent()) {
            networks.add(new BoundedNetwork(
                    "the transfer network",
                    Stem.IMAGENET,
                    new NetworkShape(
                            transfer.getChannels(),
                            transfer.getCells(),
                            target.get().getClasses()),
                    ImageSize.square(transfer.getResolution()),
                    bound(transferCeiling)));
        }
        return new Ceilings(networks);
    }

    /** The search's cell as one that is passed over, with the reason; empty if it keeps within all ceilings. */
    Optional<PassedOver> refusal(GenotypeDerived derived) {
        return refusal(Genotype.parse(derived.getGenotype()))
                .map(reason -> new PassedOver(
                        derived.getSearch(), derived.getSeed(), derived.getGenotype(), derived.getHash(), reason));
    }

    /** The same of a cell that the run was given; no search and no seed found it. */
    Optional<PassedOver> refusalOfGiven(Genotype given) {
        return refusal(given).map(reason -> new PassedOver("", 0L, given.toString(), given.hash(), reason));
    }

    private Optional<String> refusal(Genotype genotype) {
        return networks.stream()
                .flatMap(network -> network.refusal(genotype).stream())
                .findFirst();
    }

    /** What a choice adds to its reason. */
    static String passedOver(List<PassedOver> cells) {
        return cells.isEmpty()
                ? ""
                : "; %d of the searches' cells passed over: %s"
                        .formatted(cells.size(), cells.get(0).getReason());
    }

    /** That every search's cell is passed over. */
    static NoCellSelected none(String run, List<PassedOver> cells) {
        return new NoCellSelected(
                run,
                cells,
                "no cell keeps within the ceilings, so none is retrained: %s%s; raise the ceiling or make the network smaller"
                        .formatted(
                                cells.get(0).getReason(),
                                cells.size() == 1
                                        ? ""
                                        : " (seed %d; %d more likewise)"
                                                .formatted(cells.get(0).getSeed(), cells.size() - 1)));
    }

    private static CostCeiling bound(Ceiling ceiling) {
        return new CostCeiling(ceiling.getParameters(), ceiling.getMultiplyAdds());
    }
}
