package io.dartboard.search.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.events.Ceiling;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.GuardSettings;
import io.dartboard.events.Layout;
import io.dartboard.events.RunBudget;
import io.dartboard.events.RunPriority;
import io.dartboard.events.RunRequested;
import io.dartboard.nas.genotype.NamedGenotype;
import io.dartboard.nas.genotype.PublishedGenotypes;
import io.dartboard.nas.genotype.PublishedRecurrentGenotypes;
import io.dartboard.nas.genotype.RandomGenotype;
import io.dartboard.nas.genotype.RandomRecurrentGenotype;
import io.dartboard.nas.genotype.RandomSearch;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.searchspace.SearchSpace;
import io.dartboard.pipeline.view.RunBoard;
import io.dartboard.search.body.Problem;
import io.dartboard.search.body.Refused;
import io.dartboard.search.work.Told;
import io.dartboard.training.kind.RunBaseline;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunRequestsTest {
    private static final String SMALL = """
            {"dataset": "shapes", %s "seeds": [0, 1],
             "search": {"cells": 3, "channels": 4, "epochs": 1, "batchSize": 8 %s},
             "selection": {"cells": 4, "channels": 4, "epochs": 1, "batchSize": 8 %s},
             "evaluation": {"cells": 4, "channels": 4, "epochs": 1, "batchSize": 8 %s},
             "transfer": {"dataset": "scenes", "cells": 4, "channels": 4, "epochs": 1, "batchSize": 8,
                          %s}}""";

    private static final String TEXT = """
            {"dataset": "words", %s "seeds": [0, 1],
             "search": {"epochs": 1, %s},
             "selection": {"epochs": 1, %s},
             "evaluation": {"epochs": 1, %s},
             "transfer": {"epochs": 1, %s}}""";

    private static final String PLAIN = "\"resolution\": 64, \"auxiliaryWeight\": 0";

    private final RunBoard board = new RunBoard();

    @BeforeEach
    void publish() {
        board.apply(Told.dataset("shapes", "1"), Instant.EPOCH);
        board.apply(Told.dataset("shapes", "2"), Instant.EPOCH);
        board.apply(Told.text("words", 3000), Instant.EPOCH);
        board.apply(Told.text("more-words", 6000), Instant.EPOCH);
        board.apply(Told.text("few-words", 200), Instant.EPOCH);
        board.apply(
                DatasetPublished.newBuilder(Told.dataset("scenes", "1"))
                        .setLayout(Layout.IMAGE_FOLDER)
                        .build(),
                Instant.EPOCH);
    }

    @Test
    void shouldResolveTheNewestVersion() {
        var request = resolve(small("", "", "", "", PLAIN));
        assertThat(request.getDatasetVersion()).isEqualTo("2");
        assertThat(request.getTransfer()).isNotNull();
        assertThat(request.getRun()).matches("r[0-9a-f]{11}");
    }

    @Test
    void shouldNameTheSameRunForTheSameRequestWhoeverAsks() {
        var run = resolve(small("", "", "", "", PLAIN)).getRun();
        assertThat(resolve(small("\"requestedBy\": \"me\",", "", "", "", PLAIN)).getRun())
                .isEqualTo(run);
        assertThat(resolve(small("\"datasetVersion\": \"2\",", "", "", "", PLAIN))
                        .getRun())
                .isEqualTo(run);
        assertThat(resolve(small("\"datasetVersion\": \"1\",", "", "", "", PLAIN))
                        .getRun())
                .isNotEqualTo(run);
        assertThat(resolve(small("", ", \"momentum\": 0.8", "", "", PLAIN)).getRun())
                .isNotEqualTo(run);
    }

    @Test
    void shouldDrawOtherRandomCellsForAnotherRunAndTheSameOnEachVersion() {
        var alone = resolve(small("", "", "", "", PLAIN));
        assertThat(alone.getRandomCellSeed()).isZero();
        assertThat(alone.getRandomCells()).isEqualTo(1);
        assertThat(resolve(small("\"randomCells\": 1,", "", "", "", PLAIN)).getRun())
                .as("the run that it was before there were several")
                .isEqualTo(alone.getRun());

        var several = resolve(small("\"randomCells\": 3,", "", "", "", PLAIN));
        assertThat(several.getRandomCells()).isEqualTo(3);
        assertThat(several.getRandomCellSeed()).isBetween(1L, 999_999_999L);
        assertThat(RunBaseline.cells(several)).hasSize(3);
        assertThat(resolve(small("\"randomCells\": 3, \"datasetVersion\": \"1\",", "", "", "", PLAIN))
                        .getRandomCellSeed())
                .isEqualTo(several.getRandomCellSeed());
        assertThat(resolve(small("\"randomCells\": 3,", ", \"momentum\": 0.8", "", "", PLAIN))
                        .getRandomCellSeed())
                .isNotEqualTo(several.getRandomCellSeed());
        assertThat(resolve(small("\"randomCells\": 3, \"randomCellSeed\": 4,", "", "", "", PLAIN))
                        .getRandomCellSeed())
                .isEqualTo(4);
    }

    @Test
    void shouldTakeABudgetOfSeedsAndRefuseOneThatCannotBe() {
        var none = resolve(small("", "", "", "", PLAIN));
        assertThat(resolve(small("\"seedBudget\": 0,", "", "", "", PLAIN)).getRun())
                .isEqualTo(none.getRun());
        assertThat(resolve(small("\"seedBudget\": 9,", "", "", "", PLAIN))).satisfies(request -> {
            assertThat(request.getSeedBudget()).isEqualTo(9);
            assertThat(request.getRun()).isNotEqualTo(none.getRun());
        });
        for (var seeds : List.of(-1, 1001)) {
            assertThatThrownBy(() -> resolve(small("\"seedBudget\": %d,".formatted(seeds), "", "", "", PLAIN)))
                    .hasMessageContaining(
                            "seedBudget must be from 0 to 1000, the seeds that may be added for each cell (was %d)"
                                    .formatted(seeds));
        }
    }

    @Test
    void shouldRaceWhereThatIsAskedForAndRefuseARaceThatIsNone() {
        var plain = resolve(several("\"DARTS_V1\", \"DARTS_V2\"", ""));
        var off = resolve(several("\"DARTS_V1\", \"DARTS_V2\"", ", \"racing\": false"));
        assertThat(off).isEqualTo(plain);
        var several = several("\"DARTS_V1\", \"DARTS_V2\"", ", \"randomCells\": 2, \"racing\": true");
        var longer = several.replaceFirst("\"epochs\": 1", "\"epochs\": 2");
        var racing = resolve(longer);
        var without = resolve(longer.replace("true", "false"));
        assertThat(racing.getRacing()).isTrue();
        assertThat(racing.getRun()).isNotEqualTo(without.getRun());
        assertThat(racing.getRandomCellSeed())
                .as("it is compared with the same")
                .isEqualTo(without.getRandomCellSeed());

        assertThatThrownBy(() -> resolve(several))
                .hasMessage(
                        "racing has no meaning where selection.epochs is 1, for it looks between epochs; give it more, or leave"
                                + " racing out");
        assertThatThrownBy(() -> resolve(given("DARTS_V2", ", \"racing\": true")))
                .hasMessage(
                        "racing has no meaning for one cell, which has none to be compared with; ask for more, or leave it out");
        assertThatThrownBy(() -> resolve(several("\"DARTS_V1\", \"DARTS_V2\"", ", \"racing\": \"yes\"")))
                .hasMessageContaining("racing must be true or false");
    }

    @Test
    void shouldRefuseRandomCellsThatCannotBe() {
        assertThatThrownBy(() -> resolve(small("\"randomCells\": 0,", "", "", "", PLAIN)))
                .hasMessage("randomCells must be from 1 to 100 (was 0)");
        assertThatThrownBy(() -> resolve(small("\"randomCells\": 101,", "", "", "", PLAIN)))
                .hasMessage("randomCells must be from 1 to 100 (was 101)");
        assertThatThrownBy(() -> resolve(given("DARTS_V2", ", \"randomCells\": 2")))
                .hasMessage(
                        "randomCells has no meaning beside one genotype, which is compared with one random cell; leave it"
                                + " out");
        var several = several("\"DARTS_V2\", \"random:9\"", ", \"randomCells\": 2, \"randomCellSeed\": 4");
        var taken = RunBaseline.cells(resolve(several)).get(1).name();
        assertThatThrownBy(() -> resolve(several.replace("random:9", taken)))
                .hasMessageStartingWith("genotype[1]: this is one of the random cells of randomCellSeed 4");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    0 | "space": "rnn",              | unknown search space 'rnn'; known: darts-cnn, fairdarts-cnn, robust-darts-s3, dartopti-resnet18, dartopti-resnet50, dartopti-xception, dartopti-inceptionv4, nas-bench-201, darts-rnn
                    0 | "method": "evolution",       | unknown search method 'evolution'; known: darts-first-order
                    0 | "method": "randon",          | unknown search method 'randon'; did you mean random?
                    0 | "datasetVersion": "9",       | dataset shapes has no version 9; published are 1, 2
                    0 | "evaluationSeeds": [],       | evaluationSeeds must name at least one seed
                    0 | "evaluationSeeds": [4, 4],   | evaluationSeeds must be distinct
                    1 | , "learningRate": -1         | search: learningRate must be positive
                    1 | , "images": 1000             | search: images must lie between 1 and 100
                    1 | , "images": 10               | search: batchSize must be at most 5
                    1 | , "images": 3                | search: 3 training images are too few for two parts of at least 2, of which the first has a share of 0.5: 4 are needed
                    1 | , "images": 18               | search: at least 20 training images are needed, two of each class of shapes, since each part of the split needs one (had 18)
                    1 | , "resolution": 30           | search: resolution must be a multiple of 4 from 8 to 256 pixels (was 30)
                    1 | , "resolution": 260          | search: resolution must be a multiple of 4
                    1 | , "trainPortion": 1          | search: trainPortion must lie strictly between 0 and 1
                    1 | , "trainPortion": 0.97       | search: batchSize must be at most 3, as many as there are images that train the alphas
                    1 | , "parameters": {"radius": 1} | search: parameters.radius is none of method darts-first-order, which has no parameters
                    1 | , "learningRateWarmup": 1    | search: learningRateWarmup must be 0 or more and below epochs 1
                    2 | , "images": 14               | selection: batchSize must be at most 7
                    2 | , "images": 1                | selection: 1 training images are too few for two parts of at least 2
                    2 | , "images": 16               | selection: at least 20 training images are needed, two of each class of shapes
                    2 | , "resolution": 28           | selection: auxiliaryWeight must be 0 at a resolution of 28: the auxiliary head of the CIFAR network needs at least 32; set auxiliaryWeight to 0
                    2 | , "gradientClip": 0          | selection: gradientClip must be positive
                    3 | , "dropPath": 1              | evaluation: dropPath must be at least 0 and below 1
                    3 | , "images": 7, "validPortion": 0 | evaluation: batchSize must be at most 7
                    3 | , "validPortion": 1          | evaluation: validPortion must be at least 0 and less than 1
                    3 | , "images": 12, "validPortion": 0.5 | evaluation: batchSize must be at most 6
                    2 | , "validPortion": 0.1        | selection: validPortion is for the evaluation
                    3 | , "images": 1, "validPortion": 0 | evaluation: at least 2 training images are needed, so that batch statistics exist (had 1)
                    4 | "resolution": 65             | transfer: resolution must be a multiple of 32
                    4 | "resolution": 64             | transfer: auxiliaryWeight must be 0 at a resolution of 64
                    4 | "resolution": 64, "auxiliaryWeight": 0, "images": 101 | transfer: images must lie between 1 and 100""")
    void shouldRefuseWhatCouldNotBeDone(int where, String written, String line) {
        var parts = new String[] {"", "", "", "", PLAIN};
        parts[where] = written;
        assertThatThrownBy(() -> resolve(small(parts)))
                .isInstanceOf(Refused.class)
                .hasMessageContaining(line)
                .extracting(e -> ((Refused) e).kind())
                .isEqualTo(Problem.Kind.IMPOSSIBLE);
    }

    @Test
    void shouldNameEverySettingOfASectionThatCannotBe() {
        var asked = small("", ", \"learningRate\": -1, \"gradientClip\": 0, \"trainPortion\": 2", "", "", PLAIN);
        assertThatThrownBy(() -> resolve(asked))
                .isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.faults())
                        .containsExactly(
                                "search: trainPortion must lie strictly between 0 and 1, so that weights and alphas both"
                                        + " have images (was 2.0)",
                                "search: learningRate must be positive (was -1.0)",
                                "search: gradientClip must be positive (was 0.0)"));
    }

    @Test
    void shouldNameEverySettingThatCannotBeWhereTheMethodCannotTellEither() {
        assertThatThrownBy(() -> resolve("""
                {"dataset": "shapes", "search": {"epochs": 0, "cells": -3}}"""))
                .isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.faults())
                        .startsWith(
                                "search: cells must be at least 1 so that there is a network (was -3)",
                                "search: epochs must be at least 1 so that there is something to search (was 0)"));
    }

    private static final String ONE_CELL = """
            {"dataset": "shapes", "space": "nas-bench-201", "seeds": [0],
             "search": {"cells": 5, "batchSize": 8},
             "selection": {"cells": 8, "batchSize": 8},
             "evaluation": {"batchSize": 8, "auxiliaryWeight": 0}}""";

    @Test
    void shouldTakeTheSettingsOfNasBench201WhereACellOfItIsSearchedOrGiven() {
        var searched = resolve(ONE_CELL);
        assertThat(searched.getSearch().getSpace()).isEqualTo("nas-bench-201");
        assertThat(searched.getSearch().getWeightDecay()).isEqualTo(5e-4);
        assertThat(searched.getSelection().getEpochs()).isEqualTo(12);
        assertThat(searched.getEvaluation().getCells()).isEqualTo(17);
        assertThat(searched.getEvaluation().getEpochs()).isEqualTo(200);

        var cell = "|none~0|+|none~0|none~1|+|none~0|none~1|nor_conv_3x3~2|";
        var given = resolve(
                "{\"dataset\": \"shapes\", \"genotype\": \"%s\", \"evaluation\": {\"batchSize\": 8}}".formatted(cell));
        assertThat(given.getSearch().getSpace()).isEqualTo("nas-bench-201");
        assertThat(given.getGenotype()).isEqualTo(cell);
        assertThat(given.getEvaluation().getAuxiliaryWeight()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '`', textBlock = """
                    "cells": 5               ! "cells": 6              ! search: cells must be 3N + 2 in space nas-bench-201
                    "cells": 8               ! "cells": 9              ! selection: cells must be 3N + 2 in space nas-bench-201
                    "auxiliaryWeight": 0     ! "cells": 20, "auxiliaryWeight": 0.4 ! evaluation: auxiliaryWeight must be 0 for cells of space nas-bench-201
                    "seeds": [0],            ! "method": "fairdarts",  ! search: method fairdarts cannot search space nas-bench-201: derivation 'threshold-sparse'
                    "seeds": [0],            ! "method": "d-darts",    ! search: method d-darts cannot search space nas-bench-201: it gives each cell alphas of its own
                    "seeds": [0],            ! "transfer": {"dataset": "scenes"}, ! transfer: cells of space nas-bench-201 make networks for small images alone
                    "seeds": [0],            ! "genotype": "DARTS_V2", ! has no meaning beside a genotype
                    """)
    void shouldRefuseWhatACellOfNasBench201CannotBe(String before, String after, String line) {
        assertThat(ONE_CELL).contains(before);
        assertThatThrownBy(() -> resolve(ONE_CELL.replace(before, after)))
                .isInstanceOf(Refused.class)
                .hasMessageContaining(line);
    }

    private static final String FROM_RESNET18 = """
            {"dataset": "shapes", "seeds": [0],
             "search": {"start": "RESNET18", "batchSize": 8},
             "selection": {"batchSize": 8},
             "evaluation": {"batchSize": 8}}""";

    @Test
    void shouldBeginASearchWithTheNetworkThatIsNamed() {
        var request = resolve(FROM_RESNET18);

        assertThat(request.getSearch().getSpace()).isEqualTo("dartopti-resnet18");
        assertThat(request.getSearch().getMethod()).isEqualTo("dartopti");
        assertThat(request.getSearch().getCells()).isEqualTo(4);
        assertThat(request.getSelection().getCells()).isEqualTo(4);
        assertThat(request.getEvaluation().getCells()).isEqualTo(4);
        assertThat(request.getEvaluation().getAuxiliaryWeight()).isZero();
        assertThat(resolve(FROM_RESNET18
                        .replace("\"start\": \"RESNET18\", ", "")
                        .replace("\"seeds\"", "\"space\": \"dartopti-resnet18\", \"seeds\"")))
                .as("the space says the network, too")
                .isEqualTo(request);
        assertThat(resolve(FROM_RESNET18.replace("RESNET18", "inception-v4"))
                        .getSearch()
                        .getCells())
                .isEqualTo(16);
        assertThat(resolve(FROM_RESNET18.replace("\"seeds\"", "\"method\": \"dartopti-edge\", \"seeds\""))
                        .getSearch()
                        .getMethod())
                .isEqualTo("dartopti-edge");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '`', textBlock = """
                    "RESNET18"            ! "resnet81"            ! search.start: unknown network 'resnet81'; did you mean ResNet18? known: ResNet18, ResNet50, Xception, InceptionV4
                    "seeds": [0],         ! "space": "darts-cnn", ! search.start: the space around ResNet18 is dartopti-resnet18, and space is darts-cnn; leave one of both out
                    "seeds": [0],         ! "method": "d-darts",  ! search.start: method d-darts begins with no network, whatever the space; search by dartopti, or name the space dartopti-resnet18 in the place of ResNet18
                    "start": "RESNET18",  ! "start": "RESNET18", "cells": 8, ! search: cells must be 4 in space dartopti-resnet18, as many as the network has around which it lies (was 8)
                    "start": "RESNET18",  ! "start": "RESNET18", "epochs": 5, ! search: epochs must be more than alphaWarmupEpochs, 5, after which the alphas move (was 5)
                    "start": "RESNET18",  ! "start": "RESNET18", "resolution": 28, ! search: resolution must be a multiple of 8 so that the CIFAR network can halve it evenly (was 28)
                    "evaluation": {       ! "evaluation": {"auxiliaryWeight": 0.4, ! evaluation: auxiliaryWeight must be 0 in space dartopti-resnet18, whose networks reduce last in their last cell
                    "evaluation": {       ! "evaluation": {"cells": 20, ! evaluation: cells must be 4 in space dartopti-resnet18
                    "seeds": [0],         ! "transfer": {"dataset": "scenes", "cells": 4, "batchSize": 8}, ! transfer: resolution must be a multiple of 64
                    """)
    void shouldRefuseWhatDoesNotGoWithTheNetworkThatASearchBeginsWith(String before, String after, String line) {
        assertThat(FROM_RESNET18).contains(before);
        assertThatThrownBy(() -> resolve(FROM_RESNET18.replace(before, after)))
                .isInstanceOf(Refused.class)
                .hasMessageContaining(line);
    }

    @Test
    void shouldRefuseAMethodThatDoesNotGoWithTheSpaceAroundANetwork() {
        assertThatThrownBy(() -> resolve(small("\"method\": \"dartopti\",", "", "", "", PLAIN)))
                .hasMessageStartingWith(
                        "search: method dartopti cannot search space darts-cnn: it begins with a known network, around"
                                + " which a space must lie: name one as start in the search, ResNet18,");
        assertThatThrownBy(() -> resolve(
                        small("\"space\": \"dartopti-resnet18\", \"method\": \"beta-darts\",", "", "", "", PLAIN)))
                .hasMessageStartingWith(
                        "search: method beta-darts cannot search space dartopti-resnet18: its cells of one kind share alphas");
    }

    @Test
    void shouldRefuseADepthThatTheCellsOfASearchCannotMakeBeforeItIsSearched() {
        var deeper = small("\"method\": \"d-darts\",", "", "", "", PLAIN);
        assertThat(resolve(deeper.replace("\"cells\": 3", "\"cells\": 4"))
                        .getSearch()
                        .getMethod())
                .isEqualTo("d-darts");
        assertThatThrownBy(() -> resolve(deeper))
                .isInstanceOf(Refused.class)
                .hasMessage(
                        "selection: an architecture of 3 cells of its own that reduces at [1, 2] makes no network of 4"
                                + " cells: set cells to 3");
    }

    @Test
    void shouldRefuseASetOfWhichAClassHasOneImage() {
        board.apply(
                DatasetPublished.newBuilder(Told.dataset("rare", "1"))
                        .setSmallestClass(1)
                        .build(),
                Instant.EPOCH);
        assertThatThrownBy(() -> resolve(small("", "", "", "", PLAIN).replace("shapes", "rare")))
                .hasMessageStartingWith(
                        "search: a class of rare has a single training image, and each part of the split needs one:"
                                + " publish the dataset with at least 2 of each class, or without that class");
        assertThat(resolve(given("DARTS_V2", "")
                                .replace("shapes", "rare")
                                .replace("\"evaluation\": {", "\"evaluation\": {\"validPortion\": 0, "))
                        .getDataset())
                .as("a full retraining that holds nothing out splits nothing")
                .isEqualTo("rare");
    }

    @Test
    void shouldAskForAuxiliaryWeightZeroWhereTheDatasetsOwnImagesAreSmall() {
        board.apply(
                DatasetPublished.newBuilder(Told.dataset("icons", "1"))
                        .setHeight(16)
                        .setWidth(16)
                        .build(),
                Instant.EPOCH);
        assertThatThrownBy(() -> resolve(small("", "", "", "", PLAIN).replace("shapes", "icons")))
                .hasMessageStartingWith("selection: auxiliaryWeight must be 0 at a resolution of 16");
        var small = ", \"auxiliaryWeight\": 0";
        assertThat(resolve(small("", "", small, small, PLAIN).replace("shapes", "icons"))
                        .getDataset())
                .isEqualTo("icons");
        var larger = ", \"resolution\": 32";
        assertThat(resolve(small("", "", larger, larger, PLAIN).replace("shapes", "icons"))
                        .getEvaluation()
                        .getResolution())
                .isEqualTo(32);
    }

    @Test
    void shouldCarryAMethodsParametersIntoTheRequestAndItsIdentity() {
        var beta = "\"method\": \"beta-darts\",";
        var own = resolve(small(beta, "", "", "", PLAIN));
        var other = resolve(small(beta, ", \"parameters\": {\"betaDecay\": 25}", "", "", PLAIN));
        assertThat(own.getSearch().getParameters()).isNull();
        assertThat(other.getSearch().getParameters()).containsExactly(Map.entry("betaDecay", 25.0));
        assertThat(other.getRun()).isNotEqualTo(own.getRun());
        assertThat(resolve(small(beta, ", \"parameters\": {}", "", "", PLAIN)).getRun())
                .as("none named is none given")
                .isEqualTo(own.getRun());
    }

    @Test
    void shouldKnowAMethodByOneCompositionHoweverItIsPut() {
        var plain = resolve(small("\"method\": \"beta-darts\",", "", "", "", PLAIN));
        assertThat(resolve(small("\"parts\": {\"penalty\": \"beta-decay\"},", "", "", "", PLAIN)))
                .as("the first order with the penalty of beta-darts")
                .isEqualTo(plain);
        assertThat(resolve(small("\"method\": \"beta-darts\", \"parts\": {},", "", "", "", PLAIN)))
                .isEqualTo(plain);

        var both = resolve(
                small("\"method\": \"sdarts-rs\", \"parts\": {\"penalty\": \"beta-decay\"},", "", "", "", PLAIN));
        assertThat(both.getSearch().getMethod()).isEqualTo("beta-darts");
        assertThat(both.getSearch().getParts()).containsExactly(Map.entry("perturbation", "uniform"));
        assertThat(resolve(small(
                        "\"method\": \"beta-darts\", \"parts\": {\"perturbation\": \"uniform\"},", "", "", "", PLAIN)))
                .isEqualTo(both);
        assertThat(both.getRun()).isNotEqualTo(plain.getRun());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"penalty": "beta-decoy"} | method: parts.penalty: unknown part 'beta-decoy'; did you mean beta-decay? known: none, beta-decay,
                    {"penalties": "none"} | method: parts.penalties is no part of a method; did you mean penalty? known: gradient, relaxation,
                    {"penalty": "beta-decay", "relaxation": "sigmoid"} | method: method darts-first-order cannot combine BetaDecay with DeviceSigmoid
                    {"weightPenalty": "layer-alignment"} | search: cells must be at least 4, so that layer alignment has two normal cells
                    {"derivation": "threshold-sparse"} | method: method darts-first-order cannot combine DeviceSoftmax with ThresholdSparse: weights that sum to one""")
    void shouldRefusePartsThatAreNotKnownOrCannotBeCombined(String parts, String expected) {
        assertThatThrownBy(() -> resolve(small("\"parts\": %s,".formatted(parts), "", "", "", PLAIN)))
                .isInstanceOf(Refused.class)
                .hasMessageStartingWith(expected);
    }

    @Test
    void shouldCarryAGuardIntoTheRequest() {
        var none = resolve(small("", "", "", "", PLAIN));
        var acting = resolve(small("", ", \"guard\": {\"act\": true, \"relaunches\": 2}", "", "", PLAIN));
        assertThat(none.getSearch().getGuard()).isNull();
        assertThat(acting.getSearch().getGuard())
                .isEqualTo(
                        GuardSettings.newBuilder().setAct(true).setRelaunches(2).build());
        var byDefault = new RunRequests(board, new RequestTerms(true, DevicePrice.UNKNOWN))
                .resolve(small("", "", "", "", PLAIN));
        assertThat(byDefault.getSearch().getGuard())
                .isEqualTo(GuardSettings.newBuilder().setAct(true).build());
        assertThat(new RunRequests(board, new RequestTerms(true, DevicePrice.UNKNOWN))
                        .resolve(small("", ", \"guard\": {\"act\": false}", "", "", PLAIN))
                        .getSearch()
                        .getGuard()
                        .getAct())
                .isFalse();
    }

    @Test
    void shouldAskForTheSameRunWhateverItMayCostAndHoweverUrgentItIs() {
        var plain = resolve(small("", "", "", "", PLAIN));
        var urgent = resolve(small(
                "\"priority\": \"high\", \"budget\": {\"deviceSeconds\": 60, \"epochs\": 9},", "", "", "", PLAIN));
        var unlimited = resolve(small("\"budget\": {\"epochs\": 0},", "", "", "", PLAIN));

        assertThat(urgent.getRun()).isEqualTo(plain.getRun());
        assertThat(urgent.getPriority()).isEqualTo(RunPriority.HIGH);
        assertThat(urgent.getBudget())
                .isEqualTo(
                        RunBudget.newBuilder().setDeviceSeconds(60).setEpochs(9).build());
        assertThat(unlimited).isEqualTo(plain);
        assertThat(plain.getPriority()).isEqualTo(RunPriority.NORMAL);
    }

    @Test
    void shouldRefuseABudgetThatCannotBeCounted() {
        var money = small("\"budget\": {\"money\": 20},", "", "", "", PLAIN);
        assertThatThrownBy(() -> resolve(money))
                .hasMessage(
                        "budget.money has no meaning while no price is known: set dartboard.price-per-device-hour of search-svc, or limit device seconds");
        assertThat(new RunRequests(board, new RequestTerms(false, new DevicePrice(Optional.of(2.5))))
                        .resolve(money)
                        .getBudget()
                        .getMoney())
                .isEqualTo(20);
        assertThatThrownBy(() -> resolve(small("\"budget\": {\"epochs\": -1},", "", "", "", PLAIN)))
                .hasMessage("budget.epochs must be a number of at least 0, and 0 sets no limit (was -1)");
        assertThatThrownBy(() -> new DevicePrice(Optional.of(0.0)))
                .hasMessage("dartboard.price-per-device-hour must be a number above 0 (was 0.0)");
    }

    @Test
    void shouldRefuseAGuardThatCannotBe() {
        assertThatThrownBy(() -> resolve(small("", ", \"guard\": {\"remedy\": \"prayer\"}", "", "", PLAIN)))
                .hasMessage("search.guard.remedy must be beta-decay or weight-decay (was 'prayer')");
        assertThatThrownBy(() -> resolve(small("", ", \"guard\": {\"rules\": \"strict\"}", "", "", PLAIN)))
                .hasMessage("search.guard.rules must be steady or published (was 'strict')");
        assertThatThrownBy(() -> resolve(small("", ", \"guard\": {\"from\": -1}", "", "", PLAIN)))
                .hasMessage("search.guard.from must be at least 0 (was -1)");
        assertThatThrownBy(() -> resolve(small("", ", \"guard\": {\"act\": 1}", "", "", PLAIN)))
                .hasMessageStartingWith("search.guard.act must be true or false");
    }

    @Test
    void shouldAskOfASearchInStagesWhatItTakes() {
        var method = "\"method\": \"p-darts\",";

        assertThatThrownBy(() -> resolve(longer(small(method, ", \"guard\": {\"act\": true}", "", "", PLAIN))))
                .hasMessageStartingWith(
                        "search.guard.act cannot be true by method p-darts: it searches in stages, each of which begins anew");
        assertThatThrownBy(() -> resolve(small(method, "", "", "", PLAIN)))
                .hasMessageStartingWith("search: epochs must be at least 3, one for each stage (was 1)");
    }

    /** What such a search keeps is decided in its last epochs. */
    @Test
    void shouldLetNoGuardEndASearchThatDecidesByPerturbation() {
        var brief = ", \"parameters\": {\"tuneEpochs\": 1}";
        var method = "\"method\": \"darts-pt\",";

        assertThat(new RunRequests(board, new RequestTerms(true, DevicePrice.UNKNOWN))
                        .resolve(longer(small(method, brief, "", "", PLAIN)))
                        .getSearch()
                        .getGuard())
                .isNull();
        assertThatThrownBy(() -> resolve(longer(small(method, brief + ", \"guard\": {\"act\": true}", "", "", PLAIN))))
                .hasMessage(
                        "search.guard.act cannot be true by method darts-pt: what it keeps is decided in its last epochs, one edge after another, and before them nothing is; leave it out, and what the guard sees is told");
        assertThatThrownBy(() -> resolve(small(method, "", "", "", PLAIN)))
                .hasMessageStartingWith("search: epochs must be more than 80, for which the supernet is tuned");
    }

    @Test
    void shouldResolveANameToTheTextOfItsCell() {
        var request = resolve(given("darts_v2", ""));
        assertThat(request.getGenotype()).isEqualTo(PublishedGenotypes.DARTS_V2.toString());
        assertThat(request.getGenotypeName()).isEqualTo("DARTS_V2");
        assertThat(request.getSearchSeeds()).isEmpty();
        assertThat(resolve(given(PublishedGenotypes.DARTS_V2.toString(), "")).getRun())
                .as("the same cell by name and by text")
                .isEqualTo(request.getRun());
        assertThat(resolve(given("DARTS_V1", "")).getRun()).isNotEqualTo(request.getRun());
        assertThat(resolve(given("random:9", "")).getGenotype())
                .isEqualTo(RandomGenotype.ofSeed(CnnSpace.DARTS, 9).toString());
    }

    @Test
    void shouldResolveSeveralGenotypesToTheTextsOfTheirCellsInTheirOrder() {
        var request = resolve(several("\"random:9\", \"darts_v2\"", ""));
        assertThat(request.getGenotype()).isEmpty();
        assertThat(request.getGenotypes())
                .containsExactly(
                        RandomGenotype.ofSeed(CnnSpace.DARTS, 9).toString(), PublishedGenotypes.DARTS_V2.toString());
        assertThat(request.getGenotypeNames()).containsExactly("random:9", "DARTS_V2");
        assertThat(request.getSearchSeeds()).isEmpty();
        assertThat(resolve(several("\"random:9\", \"%s\"".formatted(PublishedGenotypes.DARTS_V2), ""))
                        .getRun())
                .as("the same cells by name and by text")
                .isEqualTo(request.getRun());
        assertThat(resolve(several("\"darts_v2\", \"random:9\"", "")).getRun())
                .as("of equals the earlier is chosen")
                .isNotEqualTo(request.getRun());
    }

    @Test
    void shouldTakeAListOfOneGenotypeForThatGenotype() {
        var alone = given("DARTS_V2", "");
        assertThat(resolve(alone.replace("\"DARTS_V2\"", "[\"DARTS_V2\"]"))).isEqualTo(resolve(alone));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "DARTS_V2", "DARTS_V9"             | | genotype[1]: unknown genotype 'DARTS_V9'; known are DARTS_V1,
                    "DARTS_V2", "random:0"             | | genotype[1]: this is the random cell of randomCellSeed 0, with which it would be compared
                    "DARTS_V2", "random:9", "darts-v2" | | genotype[2]: this is the cell of genotype[0]; name each cell once
                    "DARTS_V2", "ResNet18" | , "transfer": {"dataset": "scenes", "cells": 5, "channels": 4, "epochs": 1, "batchSize": 8, "resolution": 64, "auxiliaryWeight": 0} | genotype[1], transfer: an architecture of 4 cells of its own
                    "DARTS_V2", "NASNet-A" | , "ceilings": {"evaluation": {"parameters": 200}} | genotype DARTS_V2: the evaluation network (4 cells, 4 channels, 10 classes, 32 x 32 pixels) has
                    """)
    void shouldSayWhichOfSeveralGenotypesCannotBe(String genotypes, @Nullable String more, String line) {
        assertThatThrownBy(() -> resolve(several(genotypes, more == null ? "" : more)))
                .isInstanceOf(Refused.class)
                .hasMessageStartingWith(line);
    }

    @Test
    void shouldSayTogetherWhatIsWrongWithSeveralGenotypesAndThatThereAreTooMany() {
        assertThatThrownBy(() -> resolve(several("\"DARTS_V8\", \"DARTS_V2\", \"DARTS_V9\"", "")))
                .hasMessageContaining("genotype[0]: unknown genotype 'DARTS_V8'")
                .hasMessageContaining("genotype[2]: unknown genotype 'DARTS_V9'");
        var many = IntStream.rangeClosed(1, 101)
                .mapToObj("\"random:%d\""::formatted)
                .collect(Collectors.joining(", "));
        assertThatThrownBy(() -> resolve(several(many, "")))
                .hasMessage("genotype must name at most 100 cells (was 101); ask for several runs");
    }

    @Test
    void shouldPassOverOneOfSeveralGenotypesThatIsOverACeilingAndNotRefuseIt() {
        var limit = ", \"ceilings\": {\"evaluation\": {\"parameters\": %d}}";
        assertThat(resolve(several("\"NASNet-A\", \"DARTS_V1\"", limit.formatted(20_900)))
                        .getGenotypes())
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    DARTS_V9 | | genotype: unknown genotype 'DARTS_V9'; known are DARTS_V1, DARTS_V2, NASNet-A, AmoebaNet-A, FairDARTS_a, FairDARTS_b, FairDARTS_c, FairDARTS_d, FairDARTS_e, FairDARTS_f, FairDARTS_g, ResNet18, ResNet50, Xception, InceptionV4, random
                    Genotype(normal=[('sep', 0)]) | | genotype: genotype text, position 18: unknown operation 'sep'
                    ResNet18 | , "transfer": {"dataset": "scenes", "cells": 5, "channels": 4, "epochs": 1, "batchSize": 8, "resolution": 64, "auxiliaryWeight": 0} | transfer: an architecture of 4 cells of its own that reduces at [1, 2, 3] makes no network of 5 cells: set cells to 4
                    random:0 | | genotype: this is the random cell of randomCellSeed 0, with which it would be compared
                    NASNet-A | , "ceilings": {"evaluation": {"multiplyAdds": 200000}} | genotype NASNet-A: the evaluation network (4 cells, 4 channels, 10 classes, 32 x 32 pixels) has
                    NASNet-A | , "ceilings": {"transfer": {"parameters": 200}} | ceilings.transfer has no meaning without a transfer
                    NASNet-A | , "ceilings": {"evaluation": {"parameters": -1}} | ceilings.evaluation: parameters must not be negative
                    NASNet-A | , "transfer": {"dataset": "scenes", "cells": 4, "channels": 4, "epochs": 1, "batchSize": 8, "resolution": 64, "auxiliaryWeight": 0}, "ceilings": {"transfer": {"parameters": 200}} | genotype NASNet-A: the transfer network (4 cells, 4 channels, 10 classes, 64 x 64 pixels) has""")
    void shouldRefuseAGenotypeThatCannotBe(String genotype, @Nullable String more, String line) {
        assertThatThrownBy(() -> resolve(given(genotype, more == null ? "" : more)))
                .isInstanceOf(Refused.class)
                .hasMessageStartingWith(line)
                .extracting(e -> ((Refused) e).kind())
                .isEqualTo(Problem.Kind.IMPOSSIBLE);
    }

    @Test
    void shouldCarryCeilingsIntoTheRequestAndItsIdentity() {
        var free = resolve(small("", "", "", "", PLAIN));
        var bound = resolve(small("\"ceilings\": {\"evaluation\": {\"multiplyAdds\": 7}},", "", "", "", PLAIN));
        assertThat(free.getEvaluationCeiling()).isNull();
        assertThat(bound.getEvaluationCeiling()).isEqualTo(new Ceiling(0L, 7L));
        assertThat(bound.getRun()).isNotEqualTo(free.getRun());
        assertThat(bound.getEvaluation()).isEqualTo(free.getEvaluation());
    }

    @Test
    void shouldRefuseTooFewCells() {
        assertThatThrownBy(() -> resolve("{\"dataset\": \"shapes\", \"search\": {\"cells\": 2}}"))
                .hasMessageStartingWith("search: cells must be at least 3");
    }

    @Test
    void shouldRefuseADatasetThatWasNeverPublished() {
        assertThatThrownBy(() -> resolve("{\"dataset\": \"cifar10\"}"))
                .hasMessage("dataset cifar10 was never published; published are few-words, more-words,"
                        + " scenes, shapes, words."
                        + " Publish it with POST /v1/datasets");
        assertThatThrownBy(() -> resolve(small("", "", "", "", PLAIN).replace("scenes", "places")))
                .hasMessageStartingWith("transfer.dataset places was never published");
    }

    @Test
    void shouldRefuseADatasetOfTheWrongLayout() {
        board.apply(
                DatasetPublished.newBuilder(Told.dataset("odd", "1"))
                        .setLayout(Layout.UNKNOWN)
                        .build(),
                Instant.EPOCH);
        assertThatThrownBy(() -> resolve("{\"dataset\": \"odd\"}"))
                .hasMessage("dataset odd is laid out as unknown, and a search needs cifar-binary or image-folder");
        assertThatThrownBy(() -> resolve(small("", "", "", "", PLAIN).replace("scenes", "shapes")))
                .hasMessage("dataset shapes is laid out as cifar-binary, and a transfer needs image-folder");
    }

    @Test
    void shouldRefuseSeedsThatAreNotThereOrTwice() {
        assertThatThrownBy(() -> resolve(small("", "", "", "", PLAIN).replace("[0, 1]", "[]")))
                .hasMessage("seeds must name at least one seed");
        assertThatThrownBy(() -> resolve(small("", "", "", "", PLAIN).replace("[0, 1]", "[1, 1]")))
                .hasMessageContaining("1 is named twice");
    }

    @Test
    void shouldResolveARunOnAText() {
        var request = resolve(onText(1, "\"batchSize\": 8, \"width\": 8"));
        assertThat(request.getSearch().getSpace()).isEqualTo("darts-rnn");
        assertThat(request.getSearch().getRecurrent().getWidth()).isEqualTo(8);
        assertThat(request.getTransfer().getRecurrent().getBptt()).isEqualTo(35);
        assertThat(resolve(onText(1, "\"batchSize\": 8, \"width\": 9")).getRun())
                .as("what only texts have is part of the identity")
                .isNotEqualTo(request.getRun());
        assertThat(resolve(onText(0, "\"space\": \"darts-rnn\",")).getRun())
                .isEqualTo(resolve(onText(0, "")).getRun());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    0 | "method": "evolution",                  | search: unknown search method 'evolution'; known: darts-first-order, darts-second-order, beta-darts,
                    0 | "datasetVersion": "9",                  | dataset words has no version 9; published are 1
                    1 | "batchSize": 8, "bptt": 1               | search: bptt must be at least 2
                    1 | "batchSize": 8, "width": 0              | search: width must be at least 1
                    1 | "batchSize": 8, "alphaLearningRate": 0  | search: alphaLearningRate must be positive
                    1 | "batchSize": 8, "dropoutHidden": 1      | search: dropoutHidden must be at least 0 and below 1 (was 1.0)
                    1 | "batchSize": 8, "temporalPenalty": -1   | search: temporalPenalty must be 0 or more (was -1.0)
                    1 | "batchSize": 1001                       | search: the training text has 3000 words, but read in 1001 columns
                    1 | "batchSize": 101                        | search: the validation text has 300 words, but read in 101 columns
                    2 | "batchSize": 8, "patience": 0           | selection: patience must be at least 1
                    3 | "batchSize": 1001                       | evaluation: the training text has 3000 words, but read in 1001 columns
                    4 | "dataset": "more-words", "gradientClip": 0 | transfer: gradientClip must be positive
                    4 | "dataset": "shapes"                     | transfer.dataset shapes is for image-classification, and cells of space darts-rnn are for language-model
                    4 | "dataset": "few-words"                  | transfer: the validation text has 20 words, but read in 10 columns it needs at least 30""")
    void shouldRefuseOnATextWhatCouldNotBeDone(int where, String written, String line) {
        assertThatThrownBy(() -> resolve(onText(where, written)))
                .isInstanceOf(Refused.class)
                .hasMessageStartingWith(line)
                .extracting(e -> ((Refused) e).kind())
                .isEqualTo(Problem.Kind.IMPOSSIBLE);
    }

    @Test
    void shouldRefuseADatasetThatIsNotForTheCellsOfTheSpace() {
        assertThatThrownBy(() -> resolve("{\"dataset\": \"words\", \"space\": \"darts-cnn\"}"))
                .hasMessage("dataset words is for language-model, and cells of space darts-cnn are for"
                        + " image-classification; name another dataset or space");
        assertThatThrownBy(() -> resolve("{\"dataset\": \"shapes\", \"space\": \"darts-rnn\"}"))
                .hasMessage("dataset shapes is for image-classification, and cells of space darts-rnn are for"
                        + " language-model; name another dataset or space");
        assertThatThrownBy(() -> resolve(small("", "", "", "", PLAIN).replace("scenes", "words")))
                .hasMessageStartingWith("transfer.dataset words is for language-model");
    }

    @Test
    void shouldResolveTheNameOfARecurrentCellOnAText() {
        var request = resolve(onWords("darts_v2", ""));
        assertThat(request.getGenotype()).isEqualTo(PublishedRecurrentGenotypes.DARTS_V2.toString());
        assertThat(request.getGenotypeName()).isEqualTo("DARTS_V2");
        assertThat(resolve(onWords("ENAS", "")).getGenotype()).isEqualTo(PublishedRecurrentGenotypes.ENAS.toString());
        assertThat(resolve(onWords(PublishedRecurrentGenotypes.DARTS_V1.toString(), ""))
                        .getRun())
                .isEqualTo(resolve(onWords("DARTS_V1", "")).getRun());
        assertThat(resolve(onWords("random:9", "")).getGenotype())
                .isEqualTo(
                        RandomRecurrentGenotype.ofSeed(RecurrentSpace.DARTS, 9).toString());
    }

    @Test
    void shouldRefuseTheCellOfAnotherSpace() {
        var convolutional = onWords(PublishedGenotypes.DARTS_V2.toString(), "");
        assertThatThrownBy(() -> resolve(convolutional))
                .hasMessage("genotype: this is no cell of space darts-rnn; name the space that it is of, or give"
                        + " another cell");
        var recurrent = given(PublishedRecurrentGenotypes.ENAS.toString(), "");
        assertThatThrownBy(() -> resolve(recurrent))
                .hasMessageStartingWith("genotype: this is no cell of space darts-cnn");
        assertThatThrownBy(() -> resolve(given("ENAS", "")))
                .hasMessageStartingWith("genotype: unknown genotype 'ENAS'; known are DARTS_V1, DARTS_V2, NASNet-A");
        assertThatThrownBy(() -> resolve(onWords("NASNet-A", "")))
                .hasMessageStartingWith("genotype: unknown genotype 'NASNet-A'; known are ENAS, DARTS_V1, DARTS_V2");
        assertThatThrownBy(() -> resolve(onWords("random:0", "")))
                .hasMessageStartingWith("genotype: this is the random cell of randomCellSeed 0");
    }

    @Test
    void shouldHoldARecurrentCellAgainstTheCeilings() {
        // 2 matrices of 2 x 2 widths for the mixing, one of 1 x 2 for each of 8 nodes, 100 words and their biases.
        assertThat(resolve(onWords("DARTS_V1", ", \"ceilings\": {\"evaluation\": {\"parameters\": 2180}}"))
                        .getEvaluationCeiling())
                .isNotNull();
        assertThatThrownBy(
                        () -> resolve(onWords("DARTS_V1", ", \"ceilings\": {\"evaluation\": {\"parameters\": 2179}}")))
                .hasMessageStartingWith("genotype DARTS_V1: the evaluation network (8 nodes, width 8, 100 words) has");
        assertThatThrownBy(
                        () -> resolve(
                                onWords(
                                        "DARTS_V1",
                                        ", \"transfer\": {\"dataset\": \"more-words\"}, \"ceilings\": {\"transfer\": {\"parameters\": 5}}")))
                .hasMessageStartingWith("genotype DARTS_V1: the transfer network (8 nodes, width 700, 100 words) has");
    }

    /** A run on a text, one part of which is as written. */
    private static String onText(int where, String written) {
        var eight = "\"batchSize\": 8";
        var parts = new Object[] {"", eight, eight, eight, "\"dataset\": \"more-words\""};
        parts[where] = written;
        return TEXT.formatted(parts);
    }

    private static String onWords(String genotype, String more) {
        return """
                {"dataset": "words", "genotype": "%s", "evaluation": {"width": 8, "epochs": 1, "batchSize": 8} %s}""".formatted(genotype, more);
    }

    @Test
    void shouldDrawTheCellsOfARandomSearchWithItsSeeds() {
        var request = resolve(random("\"seeds\": [5, 6],", "\"draws\": 3"));
        var drawn = new RandomSearch(3).cells(CnnSpace.DARTS, List.of(5L, 6L));
        assertThat(request.getGenotypes())
                .hasSize(6)
                .containsExactlyElementsOf(
                        drawn.stream().map(cell -> cell.genotype().toString()).toList());
        assertThat(request.getGenotypeNames())
                .containsExactlyElementsOf(
                        drawn.stream().map(NamedGenotype::name).toList());
        assertThat(request.getGenotype()).isEmpty();
        assertThat(request.getSearchSeeds()).containsExactly(5L, 6L);
        assertThat(request.getSearch().getMethod()).isEqualTo("random");
        assertThat(request.getSearch().getParameters()).isEqualTo(Map.of("draws", 3.0));
        assertThat(resolve(random("\"seeds\": [5, 7],", "\"draws\": 3")).getGenotypes())
                .as("another seed draws anew")
                .doesNotContainAnyElementsOf(request.getGenotypes().subList(3, 6));
    }

    @Test
    void shouldDrawAsManyCellsAsThePaperWithOneSeedWhereNothingIsSaid() {
        var request = resolve(random("", ""));
        assertThat(request.getSearchSeeds()).containsExactly(0L);
        assertThat(request.getGenotypes()).hasSize(24);
        assertThat(resolve(random("", "\"draws\": 24"))).isEqualTo(request);
        assertThat(new RunRequests(board, new RequestTerms(true, DevicePrice.UNKNOWN)).resolve(random("", "")))
                .as("there is nothing to guard")
                .isEqualTo(request);
    }

    @ParameterizedTest
    @CsvSource({"shapes, nas-bench-201, 8", "shapes, fairdarts-cnn, 4", "words, darts-rnn, 0"})
    void shouldDrawFromTheSpaceOfTheRun(String dataset, String space, int cells) {
        var request = resolve("""
                {"dataset": "%s", "space": "%s", "method": "random", "search": {"parameters": {"draws": 2}},
                 "selection": {"batchSize": 8 %s}, "evaluation": {"batchSize": 8 %s}}""".formatted(
                dataset, space, cells == 0 ? "" : ", \"cells\": " + cells, cells == 0 ? "" : ", \"cells\": " + cells));
        assertThat(request.getSearch().getSpace()).isEqualTo(space);
        assertThat(request.getGenotypes())
                .containsExactlyElementsOf(new RandomSearch(2)
                        .cells(SearchSpace.of(space), List.of(0L)).stream()
                                .map(cell -> cell.genotype().toString())
                                .toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "search": {"epochs": 3}                 | search.epochs has no meaning beside method random, which trains no supernet; leave it out
                    "search": {"guard": {"act": true}}      | search.guard has no meaning beside method random
                    "parts": {"penalty": "beta-decay"}      | parts has no meaning beside method random
                    "search": {"parameters": {"draws": 0}}  | search: parameters.draws must be from 1 to 100 (was 0)
                    "search": {"parameters": {"cells": 3}}  | search: parameters.cells is none of method random, which has draws
                    "seeds": [0, 1, 2, 3, 4]                | search: parameters.draws: 24 cells for each of 5 seeds are more than 100; ask for several runs
                    "seeds": []                             | seeds must name at least one seed
                    "genotype": "DARTS_V2"                  | method has no meaning beside a genotype
                    "selection": {"batchSize": 1000}        | selection: batchSize must be at most
                    """)
    void shouldRefuseWhatARandomSearchCannotBe(String more, String line) {
        assertThatThrownBy(() -> resolve("{\"dataset\": \"shapes\", \"method\": \"random\", %s}".formatted(more)))
                .isInstanceOf(Refused.class)
                .hasMessageContaining(line);
    }

    @Test
    void shouldHoldARandomSearchThatComesAsAnEventToWhatItDraws() {
        var request = resolve(random("", "\"draws\": 3"));
        var dataset = Told.dataset("shapes", "2");
        RequestChecks.require(request, dataset, Optional.empty());
        for (var genotypes : List.of(
                List.<String>of(),
                request.getGenotypes().subList(0, 2),
                resolve(random("\"seeds\": [8],", "\"draws\": 3")).getGenotypes())) {
            var other = RunRequested.newBuilder(request).setGenotypes(genotypes).build();
            assertThatThrownBy(() -> RequestChecks.require(other, dataset, Optional.empty()))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("genotypes must hold the 3 cells that method random draws with the seeds");
        }
        var searched = RunRequested.newBuilder(request)
                .setSearch(resolve(several("\"DARTS_V1\", \"DARTS_V2\"", "")).getSearch())
                .build();
        assertThatThrownBy(() -> RequestChecks.require(searched, dataset, Optional.empty()))
                .hasMessageContaining("seeds has no meaning beside a genotype");
    }

    private static String random(String seeds, String parameters) {
        return """
                {"dataset": "shapes", "method": "random", %s "search": {"parameters": {%s}},
                 "selection": {"cells": 4, "channels": 4, "epochs": 1, "batchSize": 8},
                 "evaluation": {"cells": 4, "channels": 4, "epochs": 1, "batchSize": 8}}""".formatted(seeds, parameters);
    }

    private static String several(String genotypes, String more) {
        return """
                {"dataset": "shapes", "genotype": [%s],
                 "selection": {"cells": 4, "channels": 4, "epochs": 1, "batchSize": 8},
                 "evaluation": {"cells": 4, "channels": 4, "epochs": 1, "batchSize": 8} %s}""".formatted(genotypes, more);
    }

    private static String given(String genotype, String more) {
        return """
                {"dataset": "shapes", "genotype": "%s",
                 "evaluation": {"cells": 4, "channels": 4, "epochs": 1, "batchSize": 8} %s}""".formatted(genotype, more);
    }

    private RunRequested resolve(String text) {
        return new RunRequests(board, new RequestTerms(false, DevicePrice.UNKNOWN)).resolve(text);
    }

    /** Searches for 18 epochs. */
    private static String longer(String file) {
        return file.replaceFirst("\"epochs\": 1", "\"epochs\": 18");
    }

    private static String small(String... parts) {
        return SMALL.formatted((Object[]) parts);
    }
}
