package io.dartboard.nas.preset;

import io.dartboard.nas.genotype.KnownNetwork;
import io.dartboard.nas.image.cost.Stem;
import io.dartboard.nas.image.data.ImageSide;
import io.dartboard.nas.image.search.SearchConfig;
import io.dartboard.nas.image.train.RetrainConfig;
import io.dartboard.nas.searchspace.CellSequence;
import io.dartboard.nas.searchspace.SearchSpace;
import io.dartboard.nas.setting.Settings;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The recipes of a search that begins with a known network, and of what trains the network that comes of it: all have as many
 * cells as that network.
 *
 * @param search by DARTOpti
 * @param selection the brief retraining
 * @param evaluation the full one
 */
public record KnownNetworkPresets(Preset search, Preset selection, Preset evaluation) {
    private static final double AUXILIARY_WEIGHT = 0.4;
    private static final int SELECTION_EPOCHS = 100;
    private static final int EVALUATION_EPOCHS = 600;

    /** Those of a space around a network; empty for other spaces. */
    public static Optional<KnownNetworkPresets> around(SearchSpace space) {
        return KnownNetwork.around(space).map(KnownNetworkPresets::of);
    }

    /** Those of all networks, in the pipeline's order. */
    static List<Preset> all() {
        return KnownNetwork.all().stream()
                .map(KnownNetworkPresets::of)
                .flatMap(each -> Stream.of(each.search, each.selection, each.evaluation))
                .toList();
    }

    private static KnownNetworkPresets of(KnownNetwork network) {
        String space = network.space().id();
        CellSequence sequence = network.sequence();
        int cells = sequence.places();
        return new KnownNetworkPresets(
                new Preset(
                        space,
                        Recipe.SEARCH,
                        space,
                        "DARTOpti, in the authors' code of D-DARTS (arXiv 2108.09306): search on CIFAR-10 that begins with "
                                + network.name(),
                        Presets.search(space, "dartopti", SearchConfig.dartoptiCifar10(cells))),
                retraining(
                        space, sequence, "selection", "brief training that chooses among networks", SELECTION_EPOCHS),
                retraining(space, sequence, "evaluation", "training on CIFAR-10", EVALUATION_EPOCHS));
    }

    private static Preset retraining(String space, CellSequence sequence, String section, String what, int epochs) {
        double auxiliary =
                Stem.CIFAR.takesHead(ImageSide.CIFAR, sequence.reductions().size()) ? AUXILIARY_WEIGHT : 0;
        return new Preset(
                "%s-%s".formatted(space, section),
                Recipe.RETRAINING,
                space,
                "DARTOpti, in the authors' code of D-DARTS (arXiv 2108.09306): %s, without AutoAugment".formatted(what),
                Settings.values(RetrainConfig.dartoptiCifar10(sequence.places(), epochs, auxiliary)));
    }
}
