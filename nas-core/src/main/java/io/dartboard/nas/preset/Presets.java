package io.dartboard.nas.preset;

import io.dartboard.nas.evaluate.RetrainConfig;
import io.dartboard.nas.search.SearchConfig;
import io.dartboard.nas.transfer.TransferConfig;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Every preset there is. To add one is to add a line to the list; a new kind of settings also needs its values written out
 * in {@link PresetValues}.
 */
public final class Presets {
    private static final String DARTS_CNN = "darts-cnn";

    /** The search on CIFAR-10, first order: what a run does that names nothing. */
    public static final Preset SEARCH = new Preset(
            "darts-cifar10-first-order",
            Recipe.SEARCH,
            "DARTS (arXiv 1806.09055), section 3.1: search on CIFAR-10, first-order approximation",
            PresetValues.of(DARTS_CNN, "darts-first-order", SearchConfig.paperCifar10()));

    /** The brief retraining of a run that names nothing. */
    public static final Preset SELECTION = new Preset(
            "darts-cifar10-selection",
            Recipe.RETRAINING,
            "DARTS, section 3.1: brief retraining that chooses among the cells of several searches",
            PresetValues.of(RetrainConfig.paperSelection()));

    /** The full retraining of a run that names nothing. */
    public static final Preset EVALUATION = new Preset(
            "darts-cifar10-evaluation",
            Recipe.RETRAINING,
            "DARTS, section 3.2 and supplement A.2: architecture evaluation on CIFAR-10",
            PresetValues.of(RetrainConfig.paperCifar10()));

    /** The transfer of a run that names no recipe for it. */
    public static final Preset TRANSFER = new Preset(
            "darts-imagenet-mobile",
            Recipe.TRANSFER,
            "DARTS, section 3.3 and supplement A.3: ImageNet in the mobile setting (its 600 M multiply-adds are a"
                    + " ceiling of the run)",
            PresetValues.of(TransferConfig.paperImageNet()));

    private static final List<Preset> ALL = List.of(
            SEARCH,
            new Preset(
                    "darts-cifar10-second-order",
                    Recipe.SEARCH,
                    "DARTS, section 3.1: search on CIFAR-10, second-order approximation",
                    PresetValues.of(DARTS_CNN, "darts-second-order", SearchConfig.paperCifar10())),
            SELECTION,
            EVALUATION,
            TRANSFER);

    private Presets() {}

    /** All of them, in the pipeline's order. */
    public static List<Preset> all() {
        return ALL;
    }

    /**
     * The preset of this name.
     *
     * @throws IllegalArgumentException if there is none; the message lists those that exist
     */
    public static Preset of(String name) {
        return ALL.stream()
                .filter(preset -> preset.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("unknown preset '%s'; known are %s".formatted(name, names(ALL))));
    }

    /**
     * The preset of this name for one kind of recipe.
     *
     * @throws IllegalArgumentException if there is none; the message lists those of this kind
     */
    public static Preset of(Recipe recipe, String name) {
        List<Preset> fitting =
                ALL.stream().filter(preset -> preset.recipe() == recipe).toList();
        return fitting.stream()
                .filter(preset -> preset.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("preset '%s' is no recipe for a %s; those are %s"
                        .formatted(name, recipe.title(), names(fitting))));
    }

    private static String names(List<Preset> presets) {
        return presets.stream().map(Preset::name).collect(Collectors.joining(", "));
    }
}
