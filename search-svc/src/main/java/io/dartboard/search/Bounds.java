package io.dartboard.search;

import io.dartboard.events.Ceiling;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.RunRequested;
import io.dartboard.events.TransferSettings;
import io.dartboard.nas.cost.BoundedNetwork;
import io.dartboard.nas.cost.BoundedRecurrentNetwork;
import io.dartboard.nas.cost.CostCeiling;
import io.dartboard.nas.cost.ImageSize;
import io.dartboard.nas.cost.Stem;
import io.dartboard.nas.data.PixelImages;
import io.dartboard.nas.genotype.Genotype;
import io.dartboard.nas.genotype.RecurrentGenotype;
import io.dartboard.nas.searchspace.NetworkShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The networks that a run's ceilings are about.
 *
 * @param target the dataset of the transfer, where one is asked for
 */
record Bounds(RunRequested request, DatasetPublished dataset, Optional<DatasetPublished> target) {
    private static final String EVALUATION = "the evaluation network";
    private static final String TRANSFER = "the transfer network";

    /** A network and what it may cost. */
    @FunctionalInterface
    interface Bound {
        /** Why a genotype, in its text form, must not be built into it; empty where it may. */
        Optional<String> refusal(String genotype);

        private static Bound of(BoundedNetwork network) {
            return genotype -> network.refusal(Genotype.parse(genotype));
        }

        private static Bound of(BoundedRecurrentNetwork network) {
            return genotype -> network.refusal(RecurrentGenotype.parse(genotype));
        }
    }

    /**
     * The evaluation's network, and the transfer's where its dataset is known.
     *
     * @throws Refused if a ceiling is impossible, or is about a transfer that nobody asks for
     */
    List<Bound> networks() {
        var networks = new ArrayList<Bound>();
        var evaluation = request.getEvaluationCeiling();
        if (evaluation != null) {
            networks.add(evaluation(limit("evaluation", evaluation)));
        }
        var transfer = request.getTransferCeiling();
        if (transfer != null) {
            var settings = request.getTransfer();
            if (settings == null) {
                throw Refused.impossible(
                        "ceilings.transfer has no meaning without a transfer; ask for one, or leave it out");
            }
            var limit = limit("transfer", transfer);
            target.ifPresent(to -> networks.add(transfer(settings, to, limit)));
        }
        return networks;
    }

    private Bound evaluation(CostCeiling ceiling) {
        var evaluation = request.getEvaluation();
        var text = evaluation.getRecurrent();
        if (text != null) {
            return Bound.of(new BoundedRecurrentNetwork(EVALUATION, dataset.getClasses(), text.getWidth(), ceiling));
        }
        return Bound.of(new BoundedNetwork(
                EVALUATION,
                Stem.CIFAR,
                new NetworkShape(evaluation.getChannels(), evaluation.getCells(), dataset.getClasses()),
                ImageSize.square(PixelImages.SIDE),
                ceiling));
    }

    private static Bound transfer(TransferSettings transfer, DatasetPublished target, CostCeiling ceiling) {
        var text = transfer.getRecurrent();
        if (text != null) {
            return Bound.of(new BoundedRecurrentNetwork(TRANSFER, target.getClasses(), text.getWidth(), ceiling));
        }
        return Bound.of(new BoundedNetwork(
                TRANSFER,
                Stem.IMAGENET,
                new NetworkShape(transfer.getChannels(), transfer.getCells(), target.getClasses()),
                ImageSize.square(transfer.getResolution()),
                ceiling));
    }

    private static CostCeiling limit(String name, Ceiling ceiling) {
        return RunRequests.trying(
                "ceilings." + name, () -> new CostCeiling(ceiling.getParameters(), ceiling.getMultiplyAdds()));
    }
}
