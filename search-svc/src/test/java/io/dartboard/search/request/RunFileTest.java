package io.dartboard.search.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.events.Ceiling;
import io.dartboard.nas.preset.Presets;
import io.dartboard.search.body.Problem;
import io.dartboard.search.body.Refused;
import io.dartboard.training.kind.Kind;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunFileTest {

    @Test
    void shouldFillInThePapersValues() {
        // When
        var file = read("{\"dataset\": \"cifar10\"}");

        // Then
        assertThat(file.search().getSpace()).isEqualTo("darts-cnn");
        assertThat(file.search().getMethod()).isEqualTo("darts-first-order");
        assertThat(file.search().getEpochs()).isEqualTo(50);
        assertThat(file.search().getAlphaBeta1()).isEqualTo(0.5);
        assertThat(file.seeds()).containsExactly(0L, 1L, 2L, 3L);
        assertThat(file.selection().getEpochs()).isEqualTo(100);
        assertThat(file.evaluation().getCells()).isEqualTo(20);
        assertThat(file.evaluation().getEpochs()).isEqualTo(600);
        assertThat(file.evaluation().getValidPortion())
                .as("the paper trains on all, which leaves the test set to compare by")
                .isEqualTo(0.1);
        assertThat(read("{\"dataset\": \"cifar10\", \"evaluation\": {\"validPortion\": 0}}")
                        .evaluation())
                .isEqualTo(PresetSettings.retraining(Presets.EVALUATION));
        assertThat(file.evaluationSeeds()).hasSize(10);
        assertThat(file.transfer()).isEmpty();
    }

    @Test
    void shouldTakeAPresetForEachSectionAndWhatIsWrittenOverIt() {
        // When
        var file = read("""
                {"dataset": "cifar10",
                 "search": {"preset": "darts-cifar10-second-order", "epochs": 3},
                 "selection": {"preset": "darts-cifar10-evaluation"},
                 "evaluation": {"channels": 8, "preset": "darts-cifar10-selection"},
                 "transfer": {"preset": "darts-imagenet-mobile", "dataset": "imagenet", "epochs": 1}}""");

        // Then
        assertThat(file.search().getMethod()).isEqualTo("darts-second-order");
        assertThat(file.search().getEpochs()).isEqualTo(3);
        assertThat(file.search().getCells()).isEqualTo(8);
        assertThat(file.selection().getEpochs()).isEqualTo(600);
        assertThat(file.evaluation().getEpochs()).isEqualTo(100);
        assertThat(file.evaluation().getChannels()).isEqualTo(8);
        var transfer = file.transfer().orElseThrow();
        assertThat(transfer.getDataset()).isEqualTo("imagenet");
        assertThat(transfer.getLabelSmoothing()).isEqualTo(0.1);
        assertThat(transfer.getResolution()).isEqualTo(224);
        assertThat(transfer.getEpochs()).isEqualTo(1);
    }

    @Test
    void shouldLetTheMethodAtTheTopStandAboveThePresets() {
        var file = read("""
                {"dataset": "d", "method": "mine", "search": {"preset": "darts-cifar10-second-order"}}""");
        assertThat(file.search().getMethod()).isEqualTo("mine");
    }

    /** What a preset says and what can be written are the same names, but for what no recipe can know. */
    @Test
    void shouldWriteEveryValueOfEveryPresetUnderTheNameOfTheContract() {
        for (var preset : Presets.all()) {
            var settings =
                    switch (preset.recipe()) {
                        case SEARCH -> PresetSettings.search(preset);
                        case RETRAINING -> PresetSettings.retraining(preset);
                        case TRANSFER -> PresetSettings.transfer(preset);
                    };
            var unused = PresetSettings.unused(preset, settings.getSchema());
            var fields = names(settings)
                    .filter(name -> preset.values().containsKey(name)
                            || !Set.of(
                                            "images",
                                            "resolution",
                                            "validPortion",
                                            "dataset",
                                            "seed",
                                            "parameters",
                                            "parts",
                                            "guard",
                                            "recurrent")
                                    .contains(name))
                    .filter(name -> !unused.contains(name))
                    .toList();
            assertThat(preset.values().keySet()).as(preset.name()).containsExactlyInAnyOrderElementsOf(fields);
            preset.values().forEach((name, value) -> assertThat(value(settings, name))
                    .as("%s of %s", name, preset.name())
                    .isEqualTo(value));
            unused.forEach(name -> assertThat(settings.get(name))
                    .as("%s of %s", name, preset.name())
                    .isIn(0, 0.0));
        }
    }

    @Test
    void shouldTakeAGenotypeInsteadOfASearch() {
        var file = read("{\"dataset\": \"d\", \"genotype\": \"DARTS_V2\", \"evaluation\": {\"epochs\": 2}}");
        assertThat(file.genotypes()).containsExactly("DARTS_V2");
        assertThat(file.seeds()).isEmpty();
        assertThat(file.evaluation().getEpochs()).isEqualTo(2);
        assertThat(file.evaluationSeeds()).hasSize(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"method\": \"x\"", "\"search\": {}", "\"seeds\": [0]"})
    void shouldRefuseBesideAGenotypeWhatOnlyASearchNeeds(String field) {
        assertThatThrownBy(() -> read("{\"dataset\": \"d\", \"genotype\": \"DARTS_V2\", %s}".formatted(field)))
                .isInstanceOf(Refused.class)
                .hasMessageEndingWith("has no meaning beside a genotype, for nothing is searched; leave it out");
    }

    @Test
    void shouldTakeSeveralGenotypesAndTheSelectionThatChoosesAmongThem() {
        var file = read(
                "{\"dataset\": \"d\", \"genotype\": [\"DARTS_V1\", \"DARTS_V2\"], \"selection\": {\"epochs\": 2}}");
        assertThat(file.genotypes()).containsExactly("DARTS_V1", "DARTS_V2");
        assertThat(file.seeds()).isEmpty();
        assertThat(file.selection().getEpochs()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "DARTS_V2"         | selection has no meaning beside one genotype, for there is nothing to choose; leave it out
                    ["DARTS_V2"]       | selection has no meaning beside one genotype, for there is nothing to choose; leave it out
                    []                 | genotype names no cell; name one, or several to choose among, or leave it out to search for one
                    ["DARTS_V2", 3]    | genotype[1] must be a text in quotes (was 3)
                    {"a": 1}           | genotype must be a text in quotes, or a list of such in brackets (was {"a":1})
                    """)
    void shouldRefuseAGenotypeThatIsNeitherOneNorSeveral(String genotype, String line) {
        assertThatThrownBy(() -> read("{\"dataset\": \"d\", \"genotype\": %s, \"selection\": {}}".formatted(genotype)))
                .isInstanceOf(Refused.class)
                .hasMessageContaining(line);
    }

    @Test
    void shouldTakeCeilingsOfTheNetworksThatTheyAreAbout() {
        var file = read("""
                {"dataset": "d", "ceilings": {"evaluation": {"parameters": 5}, "transfer": {"multiplyAdds": 600000000}}}""");
        assertThat(file.evaluationCeiling()).contains(new Ceiling(5L, 0L));
        assertThat(file.transferCeiling()).contains(new Ceiling(0L, 600_000_000L));
        var none = read("{\"dataset\": \"d\", \"ceilings\": {\"evaluation\": {\"parameters\": 0}}}");
        assertThat(none.evaluationCeiling()).isEmpty();
    }

    @Test
    void shouldTakeWhatIsWritten() {
        // When
        var file = read("""
                {"dataset": "shapes", "datasetVersion": "7", "seeds": [5], "randomCellSeed": 9, "requestedBy": "me",
                 "search": {"channels": 8, "alphaLearningRate": 0.1, "cutout": 4},
                 "evaluation": {"dropPath": 0.3},
                 "transfer": {"dataset": "scenes", "resolution": 64, "seed": 3}}""");

        // Then
        assertThat(file.datasetVersion()).contains("7");
        assertThat(file.seeds()).containsExactly(5L);
        assertThat(file.randomCellSeed()).contains(9L);
        assertThat(file.requestedBy()).isEqualTo("me");
        assertThat(file.search().getChannels()).isEqualTo(8);
        assertThat(file.search().getAlphaLearningRate()).isEqualTo(0.1);
        assertThat(file.search().getCutout()).isEqualTo(4);
        assertThat(file.search().getCells()).isEqualTo(8);
        assertThat(file.evaluation().getDropPath()).isEqualTo(0.3);
        var transfer = file.transfer().orElseThrow();
        assertThat(transfer.getDataset()).isEqualTo("scenes");
        assertThat(transfer.getResolution()).isEqualTo(64);
        assertThat(transfer.getSeed()).isEqualTo(3);
        assertThat(transfer.getChannels()).isEqualTo(48);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"dataset": "d", "seed": [1]}                   | seed is not known here; did you mean seeds? Known are budget, ceilings, dataset, datasetVersion, evaluation, evaluationSeeds, genotype, method,
                    {"dataset": "d", "search": {"chanels": 8}}      | search.chanels is not known here; did you mean channels? Known are alphaBeta1,
                    {"dataset": "d", "search": {"preset": "enas"}}  | search.preset: preset 'enas' is no recipe for a search; those are darts-cifar10-first-order, darts-cifar10-second-order, fairdarts, d-darts, pc-darts-cifar10, darts-pt-cifar10, p-darts-cifar10, drnas-cifar10, nas-bench-201-cifar10, nas-bench-201-darts-pt, nas-bench-201-small, darts-ptb-first-order,
                    {"dataset": "d", "transfer": {"preset": "darts-cifar10-evaluation"}} | transfer.preset: preset 'darts-cifar10-evaluation' is no recipe for a transfer; those are darts-imagenet-mobile
                    {"dataset": "d", "priority": "urgent"} | priority must be low, normal or high (was 'urgent')
                    {"dataset": "d", "budget": {"hours": 1}} | budget.hours is not known here; known are deviceSeconds, epochs, money, wallClockSeconds
                    {"dataset": "d", "ceilings": {"search": {}}}    | ceilings.search is not known here; known are evaluation, transfer
                    {"dataset": "d", "ceilings": {"evaluation": {"flops": 1}}} | ceilings.evaluation.flops is not known here; known are multiplyAdds, parameters
                    {"dataset": "d", "search": {"space": "x"}}      | search.space is not known here
                    {"dataset": "d", "search": {"epochs": "ten"}}   | search.epochs must be a whole number (was "ten")
                    {"dataset": "d", "search": {"epochs": 1.5}}     | search.epochs must be a whole number (was 1.5)
                    {"dataset": "d", "search": {"momentum": "a"}}   | search.momentum must be a number (was "a")
                    {"dataset": "d", "search": 3}                   | search must be an object in braces (was 3)
                    {"dataset": "d", "seeds": 3}                    | seeds must be a list of whole numbers in brackets (was 3)
                    {"dataset": "d", "seeds": [0, "a"]}             | seeds[1] must be a whole number (was "a")
                    {"dataset": 5}                                  | dataset must be a text in quotes (was 5)
                    {"seeds": [1]}                                  | dataset is missing
                    [1]                                             | the body must be an object in braces (was [1])
                    {"dataset": "d",                                | the body is not JSON, line 1 column
                    {"dataset": "d", "dataset": "e"}                | the body is not JSON, line 1 column
                    {"dataset": "d"} {}                             | the body is not JSON, line 1 column""")
    void shouldNameWhatIsWrong(String text, String line) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(Refused.class)
                .hasMessageStartingWith(line)
                .extracting(e -> ((Refused) e).kind())
                .isEqualTo(Problem.Kind.MALFORMED);
    }

    @Test
    void shouldFillInThePapersValuesForATextWhereTheDatasetIsOne() {
        // When
        var file = read("{\"dataset\": \"words\", \"transfer\": {\"dataset\": \"more\"}}");

        // Then
        assertThat(file.search().getSpace()).isEqualTo("darts-rnn");
        assertThat(file.search()).isEqualTo(PresetSettings.search(Presets.TEXT_SEARCH));
        assertThat(file.search().getRecurrent().getDropoutCellInputs()).isEqualTo(0.75);
        assertThat(file.search().getCells()).as("what only images have").isZero();
        assertThat(file.search().getTrainPortion()).isZero();
        assertThat(file.selection().getEpochs()).isEqualTo(300);
        assertThat(file.evaluation().getRecurrent().getWidth()).isEqualTo(850);
        assertThat(file.evaluation().getRecurrent().getPatience()).isEqualTo(5);
        assertThat(file.evaluation().getValidPortion()).isZero();
        assertThat(file.transfer().orElseThrow().getRecurrent().getWidth()).isEqualTo(700);
        assertThat(read("{\"dataset\": \"d\"}").search().getRecurrent()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"dataset": "d", "space": "darts-rnn"}                                   | darts-rnn
                    {"dataset": "d", "search": {"preset": "darts-ptb-second-order"}}          | darts-rnn
                    {"dataset": "words", "genotype": "ENAS"}                                  | darts-rnn
                    {"dataset": "words", "space": "darts-cnn"}                                | darts-cnn
                    {"dataset": "words", "search": {"preset": "darts-cifar10-second-order"}}  | darts-cnn
                    {"dataset": "d"}                                                          | darts-cnn""")
    void shouldTakeTheSpaceThatIsWrittenThenThatOfThePresetThenThatOfTheDataset(String text, String space) {
        var file = read(text);
        assertThat(file.search().getSpace()).isEqualTo(space);
        assertThat(file.evaluation().getRecurrent() != null).isEqualTo(space.equals("darts-rnn"));
    }

    @Test
    void shouldLayWhatOnlyTextsHaveOverThePreset() {
        // When
        var file = read("""
                {"dataset": "words", "method": "darts-second-order-as-published",
                 "search": {"preset": "darts-ptb-second-order", "width": 16, "bptt": 10, "dropoutHidden": 0.1, "epochs": 2},
                 "selection": {"preset": "demo-text-retraining", "patience": 3},
                 "evaluation": {"temporalPenalty": 0.5, "batchSize": 7},
                 "transfer": {"dataset": "more", "activationPenalty": 2, "seed": 9}}""");

        // Then
        assertThat(file.search().getMethod()).isEqualTo("darts-second-order-as-published");
        assertThat(file.search().getEpochs()).isEqualTo(2);
        assertThat(file.search().getRecurrent().getWidth()).isEqualTo(16);
        assertThat(file.search().getRecurrent().getBptt()).isEqualTo(10);
        assertThat(file.search().getRecurrent().getDropoutHidden()).isEqualTo(0.1);
        assertThat(file.search().getRecurrent().getDropoutInputs()).isEqualTo(0.2);
        assertThat(file.selection().getRecurrent().getPatience()).isEqualTo(3);
        assertThat(file.evaluation().getBatchSize()).isEqualTo(7);
        assertThat(file.evaluation().getRecurrent().getTemporalPenalty()).isEqualTo(0.5);
        assertThat(file.transfer().orElseThrow().getSeed()).isEqualTo(9);
        assertThat(file.transfer().orElseThrow().getRecurrent().getActivationPenalty())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"dataset": "words", "search": {"channels": 8}}       | search.channels is not known here; known are activationPenalty, alphaBeta1,
                    {"dataset": "words", "search": {"recurrent": {}}}     | search.recurrent is not known here
                    {"dataset": "words", "evaluation": {"images": 8}}     | evaluation.images is not known here
                    {"dataset": "words", "transfer": {"resolution": 8}}   | transfer.resolution is not known here
                    {"dataset": "words", "search": {"width": 1.5}}        | search.width must be a whole number (was 1.5)
                    {"dataset": "d", "search": {"width": 8}}              | search.width is not known here
                    {"dataset": "d", "evaluation": {"patience": 8}}       | evaluation.patience is not known here
                    {"dataset": "d", "evaluation": {"preset": "darts-ptb-evaluation"}} | evaluation.preset: preset 'darts-ptb-evaluation' is a recipe for texts, and space darts-cnn is one for images
                    {"dataset": "d", "space": "darts-rnn", "search": {"preset": "darts-cifar10-first-order"}} | search.preset: preset 'darts-cifar10-first-order' is a recipe for images, and space darts-rnn is one for texts""")
    void shouldRefuseByNameWhatHasNoMeaningForTheKindOfRun(String text, String line) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(Refused.class)
                .hasMessageStartingWith(line)
                .extracting(e -> ((Refused) e).kind())
                .isEqualTo(Problem.Kind.MALFORMED);
    }

    private static RunFile read(String text) {
        return RunFile.read(text, name -> Optional.of(name.equals("words") ? Kind.TEXTS : Kind.IMAGES));
    }

    /** The value of a field, and of one of the part that only texts have. */
    private static Object value(SpecificRecordBase settings, String name) {
        return settings.getSchema().getField(name) != null
                ? settings.get(name)
                : value((SpecificRecordBase) settings.get("recurrent"), name);
    }

    private static Stream<String> names(SpecificRecordBase settings) {
        return settings.getSchema().getFields().stream()
                .flatMap(field -> settings.get(field.pos()) instanceof SpecificRecordBase part
                        ? names(part)
                        : Stream.of(field.name()));
    }
}
