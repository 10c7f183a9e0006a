package io.dartboard.nas.preset;

import io.dartboard.nas.image.search.SearchConfig;
import io.dartboard.nas.image.train.RetrainConfig;
import io.dartboard.nas.image.train.TransferConfig;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.NasBench201Space;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.setting.Settings;
import io.dartboard.nas.text.search.RecurrentSearchConfig;
import io.dartboard.nas.text.train.RecurrentTrainConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every preset there is. To add one is to add a line to the list.
 */
public final class Presets {
    private static final String DARTS_CNN = CnnSpace.DARTS.id();
    private static final String NAS_BENCH_201 = NasBench201Space.PUBLISHED.id();
    private static final String DARTS_RNN = RecurrentSpace.DARTS.id();

    /** The search on CIFAR-10, first order: what a run does that names nothing. */
    public static final Preset SEARCH = new Preset(
            "darts-cifar10-first-order",
            Recipe.SEARCH,
            DARTS_CNN,
            "DARTS (arXiv 1806.09055), section 3.1: search on CIFAR-10, first-order approximation",
            search(DARTS_CNN, "darts-first-order", SearchConfig.paperCifar10()));

    /** The brief retraining of a run that names nothing. */
    public static final Preset SELECTION = new Preset(
            "darts-cifar10-selection",
            Recipe.RETRAINING,
            DARTS_CNN,
            "DARTS, section 3.1: brief retraining that chooses among the cells of several searches",
            Settings.values(RetrainConfig.paperSelection()));

    /** The full retraining of a run that names nothing. */
    public static final Preset EVALUATION = new Preset(
            "darts-cifar10-evaluation",
            Recipe.RETRAINING,
            DARTS_CNN,
            "DARTS, section 3.2 and supplement A.2: architecture evaluation on CIFAR-10",
            Settings.values(RetrainConfig.paperCifar10()));

    /** The search of a run in NAS-Bench-201 that names nothing. */
    public static final Preset NAS_BENCH_201_SEARCH = new Preset(
            "nas-bench-201-cifar10",
            Recipe.SEARCH,
            NAS_BENCH_201,
            "NAS-Bench-201 (arXiv 2001.00326), the authors' code: search by DARTS on CIFAR-10 in their space, without"
                    + " Nesterov's momentum",
            search(NAS_BENCH_201, "darts-first-order", SearchConfig.nasBench201Cifar10()));

    /** The brief retraining of a run in NAS-Bench-201 that names nothing. */
    public static final Preset NAS_BENCH_201_SELECTION = new Preset(
            "nas-bench-201-selection",
            Recipe.RETRAINING,
            NAS_BENCH_201,
            "NAS-Bench-201 (arXiv 2001.00326), the authors' code: training of 12 epochs, without Nesterov's momentum",
            Settings.values(RetrainConfig.nasBench201(12)));

    /** The full retraining of a run in NAS-Bench-201 that names nothing. */
    public static final Preset NAS_BENCH_201_EVALUATION = new Preset(
            "nas-bench-201-evaluation",
            Recipe.RETRAINING,
            NAS_BENCH_201,
            "NAS-Bench-201 (arXiv 2001.00326), section 2.2: training of 200 epochs, without Nesterov's momentum",
            Settings.values(RetrainConfig.nasBench201(200)));

    /** The transfer of a run that names no recipe for it. */
    public static final Preset TRANSFER = new Preset(
            "darts-imagenet-mobile",
            Recipe.TRANSFER,
            DARTS_CNN,
            "DARTS, section 3.3 and supplement A.3: ImageNet in the mobile setting (its 600 M multiply-adds are a"
                    + " ceiling of the run)",
            Settings.values(TransferConfig.paperImageNet()));

    /** The search on Penn Treebank, first order: what a run on a text does that names nothing. */
    public static final Preset TEXT_SEARCH = new Preset(
            "darts-ptb-first-order",
            Recipe.SEARCH,
            DARTS_RNN,
            "DARTS, section 3.1 and supplement A.1.2: search on Penn Treebank, first-order approximation",
            search(DARTS_RNN, "darts-first-order", RecurrentSearchConfig.paperPtb()));

    /** The brief retraining of a run on a text that names nothing. */
    public static final Preset TEXT_SELECTION = new Preset(
            "darts-ptb-selection",
            Recipe.RETRAINING,
            DARTS_RNN,
            "DARTS, section 3.1: brief retraining on Penn Treebank that chooses among the cells of several searches",
            Settings.values(RecurrentTrainConfig.paperPtbSelection()));

    /** The full retraining of a run on a text that names nothing. */
    public static final Preset TEXT_EVALUATION = new Preset(
            "darts-ptb-evaluation",
            Recipe.RETRAINING,
            DARTS_RNN,
            "DARTS, section 3.2 and supplement A.2.2: architecture evaluation on Penn Treebank",
            Settings.values(RecurrentTrainConfig.paperPtb()));

    /** The transfer of a run on a text that names no recipe for it. */
    public static final Preset TEXT_TRANSFER = new Preset(
            "darts-wikitext2",
            Recipe.TRANSFER,
            DARTS_RNN,
            "DARTS, section 3.3: WikiText-2 with a cell found on Penn Treebank",
            Settings.values(RecurrentTrainConfig.paperWikiText2()));

    private static final List<Preset> OF_NO_NETWORK = List.of(
            SEARCH,
            new Preset(
                    "darts-cifar10-second-order",
                    Recipe.SEARCH,
                    DARTS_CNN,
                    "DARTS, section 3.1: search on CIFAR-10, second-order approximation",
                    search(DARTS_CNN, "darts-second-order", SearchConfig.paperCifar10())),
            new Preset(
                    "fairdarts",
                    Recipe.SEARCH,
                    CnnSpace.FAIR_DARTS.id(),
                    "FairDARTS (arXiv 1911.12126), section 4: search on CIFAR-10 with candidates that do not compete",
                    search(CnnSpace.FAIR_DARTS.id(), "fairdarts", SearchConfig.fairDartsCifar10())),
            new Preset(
                    "d-darts",
                    Recipe.SEARCH,
                    CnnSpace.FAIR_DARTS.id(),
                    "D-DARTS (arXiv 2108.09306), section 4: search on CIFAR-10, each cell by itself",
                    search(CnnSpace.FAIR_DARTS.id(), "d-darts", SearchConfig.dDartsCifar10())),
            new Preset(
                    "pc-darts-cifar10",
                    Recipe.SEARCH,
                    DARTS_CNN,
                    "PC-DARTS (arXiv 1907.05737), section 4.2: search on CIFAR-10, on a quarter of the channels",
                    search(DARTS_CNN, "pc-darts", SearchConfig.pcDartsCifar10())),
            new Preset(
                    "darts-pt-cifar10",
                    Recipe.SEARCH,
                    DARTS_CNN,
                    "DARTS-PT (arXiv 2108.04392), the authors' code: DARTS' search on CIFAR-10, then 80 epochs in which the"
                            + " supernet is tuned between 17 decisions",
                    search(DARTS_CNN, "darts-pt", SearchConfig.dartsPtCifar10())),
            new Preset(
                    "p-darts-cifar10",
                    Recipe.SEARCH,
                    DARTS_CNN,
                    "P-DARTS (arXiv 1904.12760): search on CIFAR-10 in three stages of 25 epochs, with 5, 11 and"
                            + " 17 cells",
                    search(DARTS_CNN, "p-darts", SearchConfig.pDartsCifar10())),
            new Preset(
                    "drnas-cifar10",
                    Recipe.SEARCH,
                    DARTS_CNN,
                    "DrNAS (arXiv 2006.10355): DARTS' search on CIFAR-10 with the rate of the alphas of its authors, whose pull"
                            + " stands for the decay of the alphas",
                    search(DARTS_CNN, "drnas", SearchConfig.drnasCifar10())),
            NAS_BENCH_201_SEARCH,
            new Preset(
                    "nas-bench-201-darts-pt",
                    Recipe.SEARCH,
                    NAS_BENCH_201,
                    "DARTS-PT (arXiv 2108.04392), the authors' code: 100 epochs of DARTS' search in NAS-Bench-201, then 25 in"
                            + " which the supernet is tuned between six decisions, without Nesterov's momentum",
                    search(NAS_BENCH_201, "darts-pt", SearchConfig.dartsPtNasBench201())),
            new Preset(
                    "nas-bench-201-small",
                    Recipe.SEARCH,
                    NAS_BENCH_201,
                    "a small and brief search in the space of NAS-Bench-201, for two cores: no recipe of a paper",
                    search(NAS_BENCH_201, "darts-first-order", SmallNasBench201.SEARCH)),
            SELECTION,
            EVALUATION,
            NAS_BENCH_201_SELECTION,
            NAS_BENCH_201_EVALUATION,
            new Preset(
                    "nas-bench-201-small-retraining",
                    Recipe.RETRAINING,
                    NAS_BENCH_201,
                    "a small and brief training of a cell of NAS-Bench-201, for two cores: no recipe of a paper",
                    Settings.values(SmallNasBench201.RETRAINING)),
            TRANSFER,
            TEXT_SEARCH,
            new Preset(
                    "darts-ptb-second-order",
                    Recipe.SEARCH,
                    DARTS_RNN,
                    "DARTS, section 3.1 and supplement A.1.2: search on Penn Treebank, second-order approximation",
                    search(DARTS_RNN, "darts-second-order", RecurrentSearchConfig.paperPtb())),
            TEXT_SELECTION,
            TEXT_EVALUATION,
            TEXT_TRANSFER,
            new Preset(
                    "demo-text-search",
                    Recipe.SEARCH,
                    DARTS_RNN,
                    "the demonstration on a made corpus: small and brief, no recipe for real text",
                    search(DARTS_RNN, "darts-first-order", DemoText.SEARCH)),
            new Preset(
                    "demo-text-retraining",
                    Recipe.RETRAINING,
                    DARTS_RNN,
                    "the demonstration on a made corpus: retraining that selects and that evaluates",
                    Settings.values(DemoText.RETRAINING)),
            new Preset(
                    "demo-text-transfer",
                    Recipe.TRANSFER,
                    DARTS_RNN,
                    "the demonstration on a made corpus: training on the larger one",
                    Settings.values(DemoText.RETRAINING)));

    private static final List<Preset> ALL = Stream.concat(OF_NO_NETWORK.stream(), KnownNetworkPresets.all().stream())
            .toList();

    private Presets() {}

    static Map<String, Object> search(String space, String method, Record config) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("space", space);
        values.put("method", method);
        values.putAll(Settings.values(config));
        return values;
    }

    /**
     * All of them, in the pipeline's order: those for images, for texts, for the demonstration on text, and for what begins with
     * a known network.
     */
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
