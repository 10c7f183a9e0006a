package io.dartboard.training;

import io.dartboard.events.Ceiling;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.RecurrentTrainSettings;
import io.dartboard.events.RetrainSettings;
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
import java.util.Optional;

/** A network that a run trains and what it may cost. */
@FunctionalInterface
public interface NetworkCeiling {
    /** Why a genotype, in its text form, must not be built into it; empty where it may. */
    Optional<String> refusal(String genotype);

    /**
     * What a ceiling allows.
     *
     * @throws IllegalArgumentException with one line, if it is impossible
     */
    static CostCeiling cost(Ceiling ceiling) {
        return new CostCeiling(ceiling.getParameters(), ceiling.getMultiplyAdds());
    }

    /** The network of an evaluation. */
    static NetworkCeiling of(RetrainSettings evaluation, DatasetPublished dataset, CostCeiling ceiling) {
        var name = "the evaluation network";
        var recurrent = evaluation.getRecurrent();
        if (recurrent != null) {
            return languageModel(name, recurrent, dataset, ceiling);
        }
        var shape = new NetworkShape(evaluation.getChannels(), evaluation.getCells(), dataset.getClasses());
        return cells(new BoundedNetwork(name, Stem.CIFAR, shape, ImageSize.square(PixelImages.SIDE), ceiling));
    }

    /** The network of a transfer. */
    static NetworkCeiling of(TransferSettings transfer, DatasetPublished target, CostCeiling ceiling) {
        var name = "the transfer network";
        var recurrent = transfer.getRecurrent();
        if (recurrent != null) {
            return languageModel(name, recurrent, target, ceiling);
        }
        var shape = new NetworkShape(transfer.getChannels(), transfer.getCells(), target.getClasses());
        return cells(
                new BoundedNetwork(name, Stem.IMAGENET, shape, ImageSize.square(transfer.getResolution()), ceiling));
    }

    private static NetworkCeiling cells(BoundedNetwork network) {
        return genotype -> network.refusal(Genotype.parse(genotype));
    }

    private static NetworkCeiling languageModel(
            String name, RecurrentTrainSettings settings, DatasetPublished text, CostCeiling ceiling) {
        var network = new BoundedRecurrentNetwork(name, text.getClasses(), settings.getWidth(), ceiling);
        return genotype -> network.refusal(RecurrentGenotype.parse(genotype));
    }
}
