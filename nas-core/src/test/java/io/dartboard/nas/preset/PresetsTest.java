package io.dartboard.nas.preset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.nas.genotype.KnownNetwork;
import io.dartboard.nas.searchspace.NasBench201Space;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The values are those that the paper and its authors' programs state, written out here a second time. */
class PresetsTest {

    @Test
    void shouldHoldThePapersSearchOfBothOrders() {
        for (var order : List.of("first", "second")) {
            var values = Presets.of("darts-cifar10-" + order + "-order").values();
            assertThat(values)
                    .containsEntry("space", "darts-cnn")
                    .containsEntry("method", "darts-" + order + "-order")
                    .containsEntry("cells", 8)
                    .containsEntry("channels", 16)
                    .containsEntry("epochs", 50)
                    .containsEntry("batchSize", 64)
                    .containsEntry("trainPortion", 0.5)
                    .containsEntry("learningRate", 0.025)
                    .containsEntry("learningRateMin", 0.001)
                    .containsEntry("momentum", 0.9)
                    .containsEntry("weightDecay", 3e-4)
                    .containsEntry("gradientClip", 5.0)
                    .containsEntry("alphaLearningRate", 3e-4)
                    .containsEntry("alphaBeta1", 0.5)
                    .containsEntry("alphaBeta2", 0.999)
                    .containsEntry("alphaWeightDecay", 1e-3)
                    .containsEntry("cutout", 0)
                    .containsEntry("learningRateWarmup", 0)
                    .hasSize(18);
        }
    }

    @Test
    void shouldDifferFromDartsWhereThePapersOfOtherMethodsDo() {
        assertThat(beside("pc-darts-cifar10"))
                .containsOnly(
                        Map.entry("method", "pc-darts"),
                        Map.entry("batchSize", 256),
                        Map.entry("learningRate", 0.1),
                        Map.entry("learningRateMin", 0.0),
                        Map.entry("alphaLearningRate", 6e-4));
        assertThat(beside("drnas-cifar10"))
                .containsOnly(
                        Map.entry("method", "drnas"),
                        Map.entry("alphaLearningRate", 6e-4),
                        Map.entry("alphaWeightDecay", 0.0));
    }

    @Test
    void shouldSearchAsLongAsDartsPtDoesAndTuneAfterIt() {
        assertThat(beside("darts-pt-cifar10"))
                .containsOnly(Map.entry("method", "darts-pt"), Map.entry("epochs", 50 + 5 * 16));
        assertThat(beside("nas-bench-201-darts-pt"))
                .containsOnly(
                        Map.entry("space", "nas-bench-201"),
                        Map.entry("method", "darts-pt"),
                        Map.entry("cells", 17),
                        Map.entry("weightDecay", 5e-4),
                        Map.entry("epochs", 100 + 5 * 5));
    }

    @Test
    void shouldSearchInThreeStagesAsPDartsDoes() {
        assertThat(beside("p-darts-cifar10"))
                .containsOnly(
                        Map.entry("method", "p-darts"),
                        Map.entry("cells", 5),
                        Map.entry("epochs", 3 * 25),
                        Map.entry("batchSize", 96),
                        Map.entry("learningRateMin", 0.0),
                        Map.entry("alphaLearningRate", 6e-4));
    }

    @Test
    void shouldHoldTheSearchAndTheTrainingOfNasBench201() {
        assertThat(beside("nas-bench-201-cifar10"))
                .containsOnly(
                        Map.entry("space", "nas-bench-201"), Map.entry("cells", 17), Map.entry("weightDecay", 5e-4));
        assertThat(Presets.of("nas-bench-201-evaluation").values())
                .containsEntry("cells", 17)
                .containsEntry("channels", 16)
                .containsEntry("epochs", 200)
                .containsEntry("batchSize", 256)
                .containsEntry("learningRate", 0.1)
                .containsEntry("learningRateMin", 0.0)
                .containsEntry("momentum", 0.9)
                .containsEntry("weightDecay", 5e-4)
                .containsEntry("auxiliaryWeight", 0.0)
                .containsEntry("dropPath", 0.0)
                .containsEntry("cutout", 0);
        assertThat(Presets.all())
                .filteredOn(preset -> preset.space().equals("nas-bench-201"))
                .hasSize(6)
                .allSatisfy(preset -> NasBench201Space.PUBLISHED.requireCells(preset.number("cells")));
    }

    @Test
    void shouldHoldTheSearchOfDartoptiAroundEveryKnownNetwork() {
        assertThat(beside("dartopti-resnet50"))
                .containsOnly(
                        Map.entry("space", "dartopti-resnet50"),
                        Map.entry("method", "dartopti"),
                        Map.entry("cells", 4),
                        Map.entry("epochs", 55),
                        Map.entry("batchSize", 96),
                        Map.entry("learningRate", 0.005),
                        Map.entry("alphaLearningRate", 3e-3),
                        Map.entry("alphaBeta1", 0.9));
        assertThat(Presets.of("dartopti-xception-evaluation").values())
                .containsEntry("cells", 13)
                .containsEntry("channels", 64)
                .containsEntry("epochs", 600)
                .containsEntry("batchSize", 128)
                .containsEntry("learningRate", 0.025)
                .containsEntry("dropPath", 0.2)
                .containsEntry("cutout", 16)
                .containsEntry("auxiliaryWeight", 0.0);
        assertThat(Presets.of("dartopti-inceptionv4-selection").values())
                .containsEntry("cells", 16)
                .containsEntry("epochs", 100)
                .containsEntry("auxiliaryWeight", 0.4);
        for (KnownNetwork network : KnownNetwork.all()) {
            KnownNetworkPresets presets =
                    KnownNetworkPresets.around(network.space()).orElseThrow();
            assertThat(List.of(presets.search(), presets.selection(), presets.evaluation()))
                    .allSatisfy(preset -> network.space().requireCells(preset.number("cells")));
        }
    }

    /** What a preset has otherwise than the search of DARTS. */
    private static Map<String, Object> beside(String name) {
        Map<String, Object> values = new LinkedHashMap<>(Presets.of(name).values());
        values.entrySet().removeAll(Presets.SEARCH.values().entrySet());
        return values;
    }

    @Test
    void shouldHoldThePapersEvaluationAndDifferInTheSelectionsEpochsAlone() {
        var evaluation = Presets.of("darts-cifar10-evaluation").values();
        assertThat(evaluation)
                .containsEntry("cells", 20)
                .containsEntry("channels", 36)
                .containsEntry("epochs", 600)
                .containsEntry("batchSize", 96)
                .containsEntry("learningRate", 0.025)
                .containsEntry("learningRateMin", 0.0)
                .containsEntry("momentum", 0.9)
                .containsEntry("weightDecay", 3e-4)
                .containsEntry("gradientClip", 5.0)
                .containsEntry("auxiliaryWeight", 0.4)
                .containsEntry("dropPath", 0.2)
                .containsEntry("cutout", 16)
                .containsEntry("labelSmoothing", 0.0)
                .containsEntry("learningRateWarmup", 0)
                .hasSize(14);
        var selection = Presets.of("darts-cifar10-selection").values();
        assertThat(selection).containsEntry("epochs", 100);
        assertThat(selection.keySet()).isEqualTo(evaluation.keySet());
        assertThat(selection.entrySet())
                .filteredOn(value -> !evaluation.entrySet().contains(value))
                .hasSize(1);
    }

    @Test
    void shouldHoldThePapersTrainingOnImageNet() {
        assertThat(Presets.of("darts-imagenet-mobile").values())
                .containsEntry("cells", 14)
                .containsEntry("channels", 48)
                .containsEntry("epochs", 250)
                .containsEntry("batchSize", 128)
                .containsEntry("resolution", 224)
                .containsEntry("learningRate", 0.1)
                .containsEntry("learningRateDecay", 0.97)
                .containsEntry("momentum", 0.9)
                .containsEntry("weightDecay", 3e-5)
                .containsEntry("gradientClip", 5.0)
                .containsEntry("auxiliaryWeight", 0.4)
                .containsEntry("dropPath", 0.0)
                .containsEntry("labelSmoothing", 0.1)
                .containsEntry("learningRateWarmup", 0)
                .hasSize(14);
    }

    @Test
    void shouldHoldThePapersSearchOnTextOfBothOrders() {
        for (var order : List.of("first", "second")) {
            var preset = Presets.of("darts-ptb-" + order + "-order");
            assertThat(preset.space()).isEqualTo("darts-rnn");
            assertThat(preset.values())
                    .containsEntry("space", "darts-rnn")
                    .containsEntry("method", "darts-" + order + "-order")
                    .containsEntry("width", 300)
                    .containsEntry("epochs", 50)
                    .containsEntry("batchSize", 256)
                    .containsEntry("bptt", 35)
                    .containsEntry("learningRate", 20.0)
                    .containsEntry("weightDecay", 5e-7)
                    .containsEntry("gradientClip", 0.25)
                    .containsEntry("dropoutWords", 0.0)
                    .containsEntry("dropoutInputs", 0.2)
                    .containsEntry("dropoutCellInputs", 0.75)
                    .containsEntry("dropoutHidden", 0.25)
                    .containsEntry("dropoutOutputs", 0.75)
                    .containsEntry("activationPenalty", 0.0)
                    .containsEntry("temporalPenalty", 1e-3)
                    .containsEntry("alphaLearningRate", 3e-3)
                    .containsEntry("alphaBeta1", 0.9)
                    .containsEntry("alphaBeta2", 0.999)
                    .containsEntry("alphaWeightDecay", 1e-3)
                    .hasSize(20);
        }
    }

    @Test
    void shouldHoldThePapersTrainingOnTextAndDifferWhereThePaperSaysSo() {
        var evaluation = Presets.of("darts-ptb-evaluation").values();
        assertThat(evaluation)
                .containsEntry("width", 850)
                .containsEntry("epochs", 1600)
                .containsEntry("batchSize", 64)
                .containsEntry("bptt", 35)
                .containsEntry("learningRate", 20.0)
                .containsEntry("weightDecay", 8e-7)
                .containsEntry("gradientClip", 0.25)
                .containsEntry("dropoutWords", 0.1)
                .containsEntry("dropoutInputs", 0.2)
                .containsEntry("dropoutCellInputs", 0.75)
                .containsEntry("dropoutHidden", 0.25)
                .containsEntry("dropoutOutputs", 0.75)
                .containsEntry("activationPenalty", 0.0)
                .containsEntry("temporalPenalty", 1e-3)
                .containsEntry("patience", 5)
                .hasSize(15);
        var selection = new LinkedHashMap<>(evaluation);
        selection.put("epochs", 300);
        assertThat(Presets.of("darts-ptb-selection").values()).isEqualTo(selection);
        var transfer = new LinkedHashMap<>(evaluation);
        transfer.put("width", 700);
        transfer.put("weightDecay", 5e-7);
        transfer.put("dropoutHidden", 0.15);
        assertThat(Presets.of("darts-wikitext2").values()).isEqualTo(transfer);
    }

    @Test
    void shouldTellPresetsForTextsFromThoseForImages() {
        assertThat(Presets.all())
                .filteredOn(preset -> preset.space().equals("darts-rnn"))
                .extracting(Preset::name)
                .containsExactly(
                        "darts-ptb-first-order",
                        "darts-ptb-second-order",
                        "darts-ptb-selection",
                        "darts-ptb-evaluation",
                        "darts-wikitext2",
                        "demo-text-search",
                        "demo-text-retraining",
                        "demo-text-transfer");
    }

    @Test
    void shouldNameTheKnownOnesWhereANameIsUnknownOrOfAnotherKind() {
        assertThat(Presets.all()).extracting(Preset::name).doesNotHaveDuplicates();
        assertThatThrownBy(() -> Presets.of("enas"))
                .hasMessage("unknown preset 'enas'; known are darts-cifar10-first-order, darts-cifar10-second-order,"
                        + " fairdarts, d-darts, pc-darts-cifar10, darts-pt-cifar10, p-darts-cifar10, drnas-cifar10, nas-bench-201-cifar10, nas-bench-201-darts-pt, nas-bench-201-small,"
                        + " darts-cifar10-selection, darts-cifar10-evaluation, nas-bench-201-selection,"
                        + " nas-bench-201-evaluation, nas-bench-201-small-retraining, darts-imagenet-mobile,"
                        + " darts-ptb-first-order, darts-ptb-second-order, darts-ptb-selection, darts-ptb-evaluation,"
                        + " darts-wikitext2, demo-text-search, demo-text-retraining, demo-text-transfer, dartopti-resnet18,"
                        + " dartopti-resnet18-selection, dartopti-resnet18-evaluation, dartopti-resnet50,"
                        + " dartopti-resnet50-selection, dartopti-resnet50-evaluation, dartopti-xception,"
                        + " dartopti-xception-selection, dartopti-xception-evaluation, dartopti-inceptionv4,"
                        + " dartopti-inceptionv4-selection, dartopti-inceptionv4-evaluation");
        assertThatThrownBy(() -> Presets.of(Recipe.RETRAINING, "darts-imagenet-mobile"))
                .hasMessage("preset 'darts-imagenet-mobile' is no recipe for a retraining; those are"
                        + " darts-cifar10-selection, darts-cifar10-evaluation, nas-bench-201-selection,"
                        + " nas-bench-201-evaluation, nas-bench-201-small-retraining, darts-ptb-selection,"
                        + " darts-ptb-evaluation, demo-text-retraining, dartopti-resnet18-selection,"
                        + " dartopti-resnet18-evaluation, dartopti-resnet50-selection, dartopti-resnet50-evaluation,"
                        + " dartopti-xception-selection, dartopti-xception-evaluation, dartopti-inceptionv4-selection,"
                        + " dartopti-inceptionv4-evaluation");
    }
}
